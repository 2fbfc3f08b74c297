"""What this process looks like to the application and to who lists processes: as under gunicorn."""

import os
import sys

SOFTWARE = "gunicorn/23.0.0"


def begin(settings):
    """The words of the call are not the application's: many look at them for commands of their own."""
    os.environ["SERVER_SOFTWARE"] = SOFTWARE
    sys.argv[:] = ["gunicorn", settings.text("target")]


def show(role, settings):
    """The process's title, where the module that changes it is installed."""
    try:
        from setproctitle import setproctitle
    except ImportError:
        return
    name = settings.text("gunicorn.proc_name") or settings.text("target")
    setproctitle(f"gunicorn: {role} [{name}]")
