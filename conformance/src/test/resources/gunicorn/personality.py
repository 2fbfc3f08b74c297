"""An application that says who it is and writes to the logs."""

import logging
import os
import sys


def app(environ, start_response):
    path = environ["PATH_INFO"]
    text = str(os.getpid())
    if path == "/log":
        logging.getLogger("gunicorn.error").error("said to the log")
    elif path == "/print":
        print("printed", flush=True)
        sys.stderr.write("printed as an error\n")
    elif path == "/raise":
        raise ValueError("on purpose")
    elif path == "/said":
        text = os.environ.get("SAID", "nothing")
    body = text.encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def create(name="nobody", times=1):
    def made(environ, start_response):
        body = (name * times).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    return made


def not_callable():
    return 7
