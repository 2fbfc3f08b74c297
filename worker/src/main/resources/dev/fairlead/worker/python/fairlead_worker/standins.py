"""What configuration files and applications import of gunicorn, where gunicorn is not installed: a few names each."""

import importlib.abc
import importlib.machinery
import sys
import types

VERSION = (23, 0, 0)
# Classes of workers by the module that has them: they are named in configurations, and derived from.
WORKERS = {
    "gunicorn.workers.sync": ("SyncWorker",),
    "gunicorn.workers.gthread": ("ThreadWorker",),
    "gunicorn.workers.ggevent": ("GeventWorker", "GeventPyWSGIWorker"),
    "gunicorn.workers.geventlet": ("EventletWorker",),
    "gunicorn.workers.gasgi": ("ASGIWorker",),
}
PACKAGES = ("gunicorn", "gunicorn.workers", "gunicorn.instrument")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked last, when there is no gunicorn."""

    def find_spec(self, name, path=None, target=None):
        if name != "gunicorn" and not name.startswith("gunicorn."):
            return None
        if name not in PACKAGES and name not in FILLED and name not in WORKERS:
            if name.startswith("gunicorn.app"):
                raise ModuleNotFoundError(
                    f"No module named {name!r}: gunicorn is not installed. An application that starts gunicorn itself "
                    "needs it; name the application here, as MODULE:NAME",
                    name=name,
                )
            return None
        if getattr(sys.modules.get("gunicorn"), "__file__", None):
            # The real one, which has no such module.
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=name in PACKAGES)

    def create_module(self, spec):
        return types.ModuleType(spec.name)

    def exec_module(self, module):
        name = module.__name__
        if name in FILLED:
            FILLED[name](module)
        for each in WORKERS.get(name, ()):
            setattr(module, each, worker_class(name, each))


def gunicorn(module):
    text = ".".join(map(str, VERSION))
    module.version_info = VERSION
    module.__version__ = text
    module.SERVER = "gunicorn"
    module.SERVER_SOFTWARE = "gunicorn/" + text


def glogging(module):
    # Only now: it is much to import.
    from fairlead_worker import loggers

    module.Logger = type("Logger", (loggers.Logger,), {"__module__": module.__name__})
    module.SafeAtoms = loggers.Atoms
    module.CONFIG_DEFAULTS = loggers.standard()


def statsd(module):
    from fairlead_worker import loggers

    module.Statsd = type("Statsd", (loggers.Statsd,), {"__module__": module.__name__})


def base(module):
    # uvicorn's own class looks for it in the body of the class.
    module.Worker = type("Worker", (), {"__module__": module.__name__, "SIGNALS": ()})


def arbiter(module):
    module.Arbiter = type("Arbiter", (), {"__module__": module.__name__, "WORKER_BOOT_ERROR": 3, "APP_LOAD_ERROR": 4})


def worker_class(module, name):
    from gunicorn.workers.base import Worker

    return type(name, (Worker,), {"__module__": module})


FILLED = {
    "gunicorn": gunicorn,
    "gunicorn.glogging": glogging,
    "gunicorn.instrument.statsd": statsd,
    "gunicorn.workers.base": base,
    "gunicorn.arbiter": arbiter,
}


def offer():
    """From now on they can be imported, unless there are real ones."""
    sys.meta_path.append(Finder())
