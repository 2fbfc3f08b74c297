"""Requests that end their worker, one way or another."""

import os
import signal
import time

KEPT = []


def hang():
    while True:
        time.sleep(0.05)


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def leave():
    os._exit(7)


def grow():
    KEPT.append(bytearray(os.urandom(1 << 20) * 96))


ENDS = {"/hang": hang, "/crash": crash, "/leave": leave, "/grow": grow}


def application(environ, start_response):
    if environ["PATH_INFO"] in ENDS:
        ENDS[environ["PATH_INFO"]]()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
