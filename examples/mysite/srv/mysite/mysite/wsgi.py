"""Says which process answers, so that a restart shows."""
import os


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"answered by process %d\n" % os.getpid()]
