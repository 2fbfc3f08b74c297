"""The error log as applications know it: the loggers of gunicorn, written to standard error."""

import logging
import sys
import traceback

FORMAT = "%(asctime)s [%(process)d] [%(levelname)s] %(message)s"
DATES = "[%Y-%m-%d %H:%M:%S %z]"

error = logging.getLogger("gunicorn.error")


def set_up(level):
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, DATES))
    error.handlers[:] = [handler]
    error.propagate = False
    error.setLevel(getattr(logging, level.upper(), logging.INFO))
    access = logging.getLogger("gunicorn.access")
    access.propagate = False
    if not access.handlers:
        access.addHandler(logging.NullHandler())


def traceback_text():
    return traceback.format_exc()
