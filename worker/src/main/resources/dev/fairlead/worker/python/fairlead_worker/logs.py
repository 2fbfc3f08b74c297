"""The error log as applications know it: the loggers of gunicorn, written to standard error or to a file."""

import logging
import os
import sys
import traceback

FORMAT = "%(asctime)s [%(process)d] [%(levelname)s] %(message)s"
DATES = "[%Y-%m-%d %H:%M:%S %z]"

# A logger, or what a configuration of logging puts in its place.
error = logging.getLogger("gunicorn.error")


class ErrorFile(logging.StreamHandler):
    """A file that is looked up by its name before each line, as it may have been moved away meanwhile."""

    def __init__(self, path, captures):
        self.path = path
        self.captures = captures  # whether what is printed goes there as well
        self.known = None
        super().__init__(self.open())

    def open(self):
        file = open(self.path, "a", encoding="utf-8", errors="backslashreplace")
        status = os.fstat(file.fileno())
        self.known = (status.st_dev, status.st_ino)
        if self.captures:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        return file

    def is_there(self):
        try:
            status = os.stat(self.path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self.known

    def emit(self, record):
        if not self.is_there():
            try:
                self.setStream(self.open()).close()
            except OSError:
                # The worker's user may not make it anew: then the old one is better than none.
                pass
        super().emit(record)


def handler_for(path, captures, stream=None):
    """stream: where `-` leads, in place of standard error."""
    if path in ("", "-", "None"):
        return logging.StreamHandler(stream or sys.stderr)
    try:
        return ErrorFile(path, captures)
    except OSError as problem:
        sys.stderr.write(f"cannot write {path}: {problem.strerror}\n")
        return logging.StreamHandler(sys.stderr)


def set_up(level, path="-", captures=False):
    """path is relative to the application's folder; captures: what is printed goes there as well."""
    handler = handler_for(path, captures)
    handler.setFormatter(logging.Formatter(FORMAT, DATES))
    handler._gunicorn = True  # whereby gunicorn's own class knows what its handler takes the place of
    error.handlers[:] = [handler]
    error.propagate = False
    error.setLevel(getattr(logging, level.upper(), logging.INFO))
    access = logging.getLogger("gunicorn.access")
    access.propagate = False
    if not access.handlers:
        access.addHandler(logging.NullHandler())


def use(logger):
    """From now on this one is told what this side has to say."""
    global error
    error = logger


def say_for(process, level, message):
    """Logs a line as if another process had said it."""
    logger = getattr(error, "error_log", error)
    number = logging.getLevelName(level)
    if isinstance(number, int) and logger.isEnabledFor(number):
        record = logger.makeRecord(logger.name, number, __file__, 0, message, (), None)
        record.process = process
        logger.handle(record)


def reopen_files():
    """Opens the files of all loggers again by their names, as after a rotation."""
    known = [logging.root, *logging.root.manager.loggerDict.values()]
    for handler in {handler for one in known for handler in getattr(one, "handlers", ())}:
        if isinstance(handler, logging.FileHandler):
            with handler.lock:
                if handler.stream:
                    handler.close()
                    handler.stream = handler._open()


def traceback_text():
    return traceback.format_exc()
