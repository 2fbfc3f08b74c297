"""Runs a configuration file and says what it set: one line for each setting, fields separated by tabs."""

import importlib
import os
import runpy
import sys
import traceback

from fairlead_worker import control, standins

SKIPPED = ("__builtins__", "__cached__", "__doc__", "__file__", "__loader__", "__name__", "__package__", "__spec__")


def main(arguments):
    """`config FILE|python:MODULE`; status 1 with the traceback on standard error if it fails."""
    where = arguments[0]
    sys.path.insert(0, os.getcwd())
    standins.offer()
    try:
        if where.startswith("python:"):
            found = vars(importlib.import_module(where[len("python:"):]))
        else:
            found = runpy.run_path(where)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    lines = []
    for name, value in found.items():
        if name.startswith("__") or name in SKIPPED:
            continue
        fields = as_fields(known_base(value) if name == "worker_class" else value)
        if fields is not None:
            lines.append("\t".join(control.escape(field) for field in [name, *fields]))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    os._exit(0)


def known_base(value):
    """A class of workers by the one of gunicorn's or uvicorn's that it is derived from."""
    if isinstance(value, type):
        for base in value.__mro__:
            if base.__module__.startswith(("gunicorn.workers.", "uvicorn.workers", "uvicorn_worker")):
                return base
    return value


def as_fields(value):
    """A kind and texts; None for what cannot be a setting."""
    if isinstance(value, bool) or value is None:
        return ["value", "" if value is None else str(value)]
    if isinstance(value, (str, int, float)):
        return ["value", str(value)]
    if isinstance(value, (list, tuple)):
        return ["list", *[str(item) for item in value]]
    if isinstance(value, dict):
        return ["map", *[f"{key}={item}" for key, item in value.items()]]
    if isinstance(value, type):
        return ["value", f"{value.__module__}.{value.__qualname__}"]
    if callable(value):
        return ["hook", getattr(value, "__name__", "")]
    return None
