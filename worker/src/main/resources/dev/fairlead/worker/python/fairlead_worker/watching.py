"""Tells the master when a file of the application has changed: for `reload`, while somebody works on it."""

import contextlib
import importlib.machinery
import os
import sys
import threading
import time
import traceback

from fairlead_worker import control, loading, logs

PERIOD = 1.0  # seconds between two looks


class Watch:
    """Looks at the files of all modules, and at further ones.

    It is made before anything is imported, in the process that workers are forked from: what changes between an import
    there and the first look of a worker is told by that.
    """

    def __init__(self, more):
        self.number = 0
        self.more = set(more)
        self._known = {}
        self.look()

    def follow_imports(self):
        """Remembers how old a file is when it is imported: it may change before the first look."""
        before = importlib.machinery.SourceFileLoader.path_stats

        def path_stats(loader, path):
            with contextlib.suppress(OSError):
                self._known.setdefault(path, os.stat(path).st_mtime_ns)
            return before(loader, path)

        importlib.machinery.SourceFileLoader.path_stats = path_stats

    def start(self, number):
        """Before the worker serves: whoever got an answer from it may count on what is changed then being seen."""
        self.number = number
        self._tell()
        threading.Thread(target=self._run, name="reload", daemon=True).start()

    def _run(self):
        while True:
            time.sleep(PERIOD)
            self._tell()

    def _tell(self):
        for path in self.look():
            control.report("changed", self.number, path, self._known[path])

    def look(self):
        """The files that have changed since the last look."""
        changed = []
        for path in self.more | modules():
            try:
                modified = os.stat(path).st_mtime_ns
            except OSError:
                continue
            if self._known.setdefault(path, modified) != modified:
                self._known[path] = modified
                changed.append(path)
        return changed

    def fails(self, problem):
        """Where code has failed it will be mended: in one of these files."""
        self.more.update(frame.filename for frame in traceback.extract_tb(problem.__traceback__))
        if isinstance(problem, SyntaxError) and problem.filename:
            self.more.add(problem.filename)


def modules():
    found = set()
    for module in tuple(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str):
            found.add(path[:-1] if path.endswith((".pyc", ".pyo")) else path)
    return found


def of(settings):
    """A watch, where one is asked for; else None."""
    if settings.text("gunicorn.reload").lower() != "true":
        return None
    watch = Watch(filter(None, settings.text("gunicorn.reload_extra_files").split(",")))
    watch.follow_imports()
    return watch


def load(settings, watch):
    """The application; where files are watched, one that tells why it cannot be loaded is better than none."""
    try:
        return loading.of(settings)
    except Exception as problem:
        if watch is None:
            raise
        logs.error.exception("%s", problem)
        watch.fails(problem)
        return failing(problem, settings.text("kind"))


def failing(problem, kind):
    """An application that shows why the real one could not be loaded, until it can."""
    text = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__)).encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))]

    def wsgi(environ, start_response):
        start_response("500 Internal Server Error", headers)
        return [text]

    async def asgi(scope, receive, send):
        if scope["type"] != "http":
            raise RuntimeError("the application could not be loaded")
        fields = [(name.lower().encode(), value.encode()) for name, value in headers]
        await send({"type": "http.response.start", "status": 500, "headers": fields})
        await send({"type": "http.response.body", "body": text})

    return asgi if kind == "asgi" else wsgi
