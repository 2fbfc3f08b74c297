"""Functions of the configuration file that are run when something happens; gunicorn's names and arguments."""

import importlib
import os
import runpy

from fairlead_worker import logs

NAMES = frozenset(
    "on_starting on_reload when_ready pre_fork post_fork post_worker_init worker_int worker_abort pre_exec pre_request "
    "post_request child_exit worker_exit nworkers_changed on_exit".split()
)


class Stand:
    """What a hook is given in place of gunicorn's own object: some facts by gunicorn's names."""

    def __init__(self, **facts):
        self.__dict__.update(facts)


class Hooks:
    def __init__(self, functions, settings):
        self._functions = functions
        self.settings = settings
        self.cfg = Stand(**settings.gunicorn())
        self.server = Stand(log=logs.error, cfg=self.cfg, pid=os.getpid(), address=settings.all("bind"), WORKERS={})
        self.worker = None
        self.request_starts = self._starts if "pre_request" in functions else None
        self.request_ends = self._ends if "post_request" in functions else None

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
        if hasattr(argument, "number") and hasattr(argument, "pid"):
            return Stand(
                pid=argument.pid, age=argument.number, cfg=self.cfg, log=logs.error, ppid=os.getppid(), nr=0,
                alive=True, worker=argument,
            )
        return argument

    def _starts(self, call):
        self._functions["pre_request"](self.stand_for(self.worker), request(call))

    def _ends(self, call):
        function = self._functions["post_request"]
        count = getattr(getattr(function, "__code__", None), "co_argcount", 4)
        response = Stand(status=call.status, status_code=int(call.status[:3] or 0), headers=call.headers, sent=call.sent)
        try:
            function(*[self.stand_for(self.worker), request(call), call.environ, response][:count])
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
    return Hooks({name: found[name] for name in NAMES if callable(found.get(name))}, settings)
