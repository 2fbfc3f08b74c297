"""Functions of the configuration file that are run when something happens; gunicorn's names and arguments."""

import datetime
import importlib
import os
import runpy
import sys
import time

from fairlead_worker import logs
from fairlead_worker.settings import Configuration

NAMES = frozenset(
    "on_starting on_reload when_ready pre_fork post_fork post_worker_init worker_int worker_abort pre_exec pre_request "
    "post_request child_exit worker_exit nworkers_changed on_exit".split()
)


class Stand:
    """What a hook is given in place of gunicorn's own object: some facts by gunicorn's names."""

    def __init__(self, **facts):
        self.__dict__.update(facts)


class Hooks:
    """The functions of a configuration file, and the log of requests where Python writes it.

    found: what the file has defined, by name.
    """

    def __init__(self, found, settings):
        self._functions = {name: found[name] for name in NAMES if callable(found.get(name))}
        self.settings = settings
        self.cfg = Configuration(settings.gunicorn(), found)
        if settings.flag("gunicorn.python_logs"):
            # Only now: it is much to import.
            from fairlead_worker import loggers

            logs.use(loggers.make(settings, found))
        self.server = Stand(
            log=logs.error, cfg=self.cfg, pid=os.getppid(), address=self.cfg.address, num_workers=self.cfg.workers,
            proc_name=self.cfg.proc_name, WORKERS={},
        )
        self.worker_class = found.get("worker_class")
        self.worker = None
        self._stands = {}
        self._access = getattr(logs.error, "access", None)
        has_end = "post_request" in self._functions or self._access
        self.request_starts = self._starts if "pre_request" in self._functions or has_end else None
        self.request_ends = self._ends if has_end else None

    def has(self, name):
        return name in self._functions

    def call(self, name, *arguments):
        """Calls a hook, if there is one, with the arguments it takes."""
        function = self._functions.get(name)
        if function is None:
            return
        given = [self.stand_for(argument) for argument in arguments]
        if name in ("on_starting", "on_reload", "when_ready", "on_exit"):
            given = [self.server]
        elif name in ("pre_fork", "post_fork", "child_exit", "worker_exit", "nworkers_changed"):
            given = [self.server, *given]
        function(*given)

    def stand_for(self, argument):
        if not (hasattr(argument, "number") and hasattr(argument, "pid")):
            return argument
        stand = self._stands.get(argument.number)
        if stand is None:
            # The same each time: hooks leave notes there for one another.
            stand = self._stands[argument.number] = Stand(
                age=argument.number, cfg=self.cfg, log=logs.error, ppid=os.getppid(), nr=0, alive=True, booted=False,
                aborted=False, timeout=(self.cfg.timeout or 0) / 2, max_requests=self.cfg.max_requests or sys.maxsize,
                sockets=[], tmp=Stand(notify=lambda: None, last_update=time.monotonic), notify=lambda: None,
                app=Stand(callable=None, wsgi=None), wsgi=None, worker=argument,
            )
        stand.pid = argument.pid or "[booting]"
        return stand

    def loaded(self, application):
        """The worker has its application; what a hook puts in the place of that is run instead."""
        stand = self.stand_for(self.worker)
        stand.wsgi = stand.app.callable = application
        stand.app.wsgi = lambda: application
        self.call("post_worker_init", self.worker)
        stand.booted = True
        return stand.wsgi

    def forget(self, number):
        self._stands.pop(number, None)

    def _starts(self, call):
        call.begun = time.monotonic()
        call.stand = request(call)
        worker = self.stand_for(self.worker)
        if "pre_request" in self._functions:
            self._functions["pre_request"](worker, call.stand)
        worker.nr += 1

    def _ends(self, call):
        asked = call.stand or request(call)
        response = Stand(
            status=call.status, status_code=int(call.status[:3] or 0), headers=call.headers, sent=call.sent,
            response_length=call.announced(), headers_sent=call.started, must_close=False, req=asked,
        )
        if self._access:
            try:
                duration = datetime.timedelta(seconds=time.monotonic() - call.begun)
                self._access(response, asked, call.environ, duration)
            except Exception:
                logs.error.exception("The request could not be logged")
        function = self._functions.get("post_request")
        if function is None:
            return
        count = getattr(getattr(function, "__code__", None), "co_argcount", 4)
        try:
            function(*[self.stand_for(self.worker), asked, call.environ, response][:count])
        except Exception:
            # The answer is out; gunicorn does the same.
            logs.error.exception("Exception in post_request hook")


def request(call):
    environ = call.environ
    headers = [
        (name[5:].replace("_", "-"), value) for name, value in environ.items() if name.startswith("HTTP_")
    ]
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if name in environ:
            headers.append((name.replace("_", "-"), environ[name]))
    return Stand(
        method=environ.get("REQUEST_METHOD"),
        uri=environ.get("RAW_URI"),
        path=environ.get("RAW_URI", "").partition("?")[0],
        query=environ.get("QUERY_STRING"),
        headers=headers,
        scheme=environ.get("wsgi.url_scheme"),
        version=(1, 0) if environ.get("SERVER_PROTOCOL") == "HTTP/1.0" else (1, 1),
        fragment="",
        proxy_protocol_info=None,
        remote_addr=(environ.get("REMOTE_ADDR"), environ.get("REMOTE_PORT")),
    )


def load(settings):
    """Runs the configuration file and keeps its hooks."""
    where = settings.text("configuration")
    if not where:
        return Hooks({}, settings)
    if where.startswith("python:"):
        found = vars(importlib.import_module(where[len("python:"):]))
    else:
        found = runpy.run_path(where[len("file:"):] if where.startswith("file:") else where)
    return Hooks(found, settings)
