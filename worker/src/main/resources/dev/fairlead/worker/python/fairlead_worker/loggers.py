"""Logging that gunicorn's settings leave to Python: `logconfig` and its kin, `logger_class`, syslog and statsd.

Only where one of them is set are requests logged by workers; else traffic does it, which is quicker.
"""

import base64
import binascii
import datetime
import importlib
import json
import logging
import logging.config
import logging.handlers
import os
import re
import socket
import sys
import time

from fairlead_worker import logs
from fairlead_worker.settings import Configuration

USUAL = ("", "gunicorn.glogging.Logger", "simple", "None")
STATSD = ("gunicorn.instrument.statsd.Statsd", "statsd")


class Atoms(dict):
    """What a format may ask for; names of header fields in any case, `-` for what there is not."""

    def __getitem__(self, name):
        if name.startswith("{"):
            name = name.lower()
        return self.get(name, "-")


class Logger:
    """What gunicorn's own class of this name offers to hooks, to formats and configurations of its log, and to classes
    that are derived from it."""

    error_fmt = logs.FORMAT
    access_fmt = "%(message)s"
    datefmt = logs.DATES
    atoms_wrapper_class = Atoms

    def __init__(self, cfg):
        self.cfg = cfg
        self.error_log = logging.getLogger("gunicorn.error")
        self.access_log = logging.getLogger("gunicorn.access")
        self.error_log.propagate = self.access_log.propagate = False
        self.setup(cfg)

    def setup(self, cfg):
        self.error_log.setLevel(getattr(logging, str(cfg.loglevel).upper(), logging.INFO))
        self.access_log.setLevel(logging.INFO)
        for handler in self.error_log.handlers:
            handler.setFormatter(logging.Formatter(self.error_fmt, self.datefmt))
        self.access_log.handlers[:] = []
        if cfg.accesslog:
            self._set_handler(self.access_log, cfg.accesslog, logging.Formatter(self.access_fmt), sys.stdout)
        if cfg.syslog:
            self.error_log.addHandler(syslog_handler(cfg, "error"))
            if not cfg.disable_redirect_access_to_syslog:
                self.access_log.addHandler(syslog_handler(cfg, "access"))
        if cfg.logconfig_dict:
            logging.config.dictConfig({**standard(), **cfg.logconfig_dict})
        elif cfg.logconfig_json:
            with open(cfg.logconfig_json, encoding="utf-8") as file:
                logging.config.dictConfig({**standard(), **json.load(file)})
        elif cfg.logconfig:
            configure_by_file(cfg.logconfig)

    def _set_handler(self, log, output, fmt, stream=None):
        """Puts one handler in the place of the one that this, or gunicorn's, has put there."""
        log.handlers[:] = [handler for handler in log.handlers if not getattr(handler, "_gunicorn", False)]
        if output is not None:
            handler = logs.handler_for(output, False, stream)
            handler.setFormatter(fmt)
            handler._gunicorn = True
            log.addHandler(handler)

    def now(self):
        return time.strftime("[%d/%b/%Y:%H:%M:%S %z]")

    def reopen_files(self):
        logs.reopen_files()

    def close_on_exec(self):
        """Files that Python opens are closed then anyway."""

    def critical(self, message, *arguments, **more):
        self.error_log.critical(message, *arguments, **more)

    def error(self, message, *arguments, **more):
        self.error_log.error(message, *arguments, **more)

    def warning(self, message, *arguments, **more):
        self.error_log.warning(message, *arguments, **more)

    def info(self, message, *arguments, **more):
        self.error_log.info(message, *arguments, **more)

    def debug(self, message, *arguments, **more):
        self.error_log.debug(message, *arguments, **more)

    def exception(self, message, *arguments, **more):
        self.error_log.exception(message, *arguments, **more)

    def log(self, level, message, *arguments, **more):
        if isinstance(level, str):
            level = getattr(logging, level.upper(), logging.INFO)
        self.error_log.log(level, message, *arguments, **more)

    def access(self, response, request, environ, duration):
        """One request. duration is a timedelta."""
        cfg = self.cfg
        to_syslog = cfg.syslog and not cfg.disable_redirect_access_to_syslog
        if cfg.accesslog or cfg.logconfig or cfg.logconfig_dict or cfg.logconfig_json or to_syslog:
            atoms = self.atoms(response, request, environ, duration)
            self.access_log.info(cfg.access_log_format, self.atoms_wrapper_class(atoms))

    def atoms(self, response, request, environ, duration):
        micros = duration // datetime.timedelta(microseconds=1)
        atoms = Atoms(
            h=environ.get("REMOTE_ADDR", "-"),
            l="-",
            u=user(environ) or "-",
            t=self.now(),
            r=" ".join(str(environ.get(name)) for name in ("REQUEST_METHOD", "RAW_URI", "SERVER_PROTOCOL")),
            s=response.status.partition(" ")[0],
            m=environ.get("REQUEST_METHOD"),
            U=environ.get("PATH_INFO"),
            q=environ.get("QUERY_STRING"),
            H=environ.get("SERVER_PROTOCOL"),
            b=str(response.sent),
            B=response.sent,
            f=environ.get("HTTP_REFERER", "-"),
            a=environ.get("HTTP_USER_AGENT", "-"),
            T=micros // 1_000_000,
            M=micros // 1_000,
            D=micros,
            L=f"{micros // 1_000_000}.{micros % 1_000_000:06}",
            p=f"<{os.getpid()}>",
        )
        for letter, pairs in (("i", request.headers), ("o", response.headers), ("e", environ.items())):
            for name, value in pairs:
                atoms["{%s}%s" % (name.lower(), letter)] = value
        return atoms


class Statsd(Logger):
    """Sends figures about requests and logs to a statsd server, and logs as usual."""

    def __init__(self, cfg):
        self.prefix = re.sub(r"\.*$", ".", cfg.statsd_prefix) if cfg.statsd_prefix else ""
        self.tags = f"|#{cfg.dogstatsd_tags}" if cfg.dogstatsd_tags else ""
        self.socket = None
        try:
            self.socket = statsd_socket(cfg.statsd_host or "")
        except (OSError, ValueError):
            pass  # Figures are not worth failing for; gunicorn does without as well.
        super().__init__(cfg)

    def send(self, figure):
        try:
            if self.socket is not None:
                self.socket.send(f"{self.prefix}{figure}{self.tags}".encode("ascii", "replace"))
        except OSError:
            pass  # Nobody is there; figures are sent to whoever listens.

    def gauge(self, name, value):
        self.send(f"{name}:{value}|g")

    def increment(self, name, value, sampling_rate=1.0):
        self.send(f"{name}:{value}|c|@{sampling_rate}")

    def decrement(self, name, value, sampling_rate=1.0):
        self.send(f"{name}:-{value}|c|@{sampling_rate}")

    def histogram(self, name, value):
        self.send(f"{name}:{value}|ms")

    def critical(self, message, *arguments, **more):
        super().critical(message, *arguments, **more)
        self.increment("gunicorn.log.critical", 1)

    def error(self, message, *arguments, **more):
        super().error(message, *arguments, **more)
        self.increment("gunicorn.log.error", 1)

    def warning(self, message, *arguments, **more):
        super().warning(message, *arguments, **more)
        self.increment("gunicorn.log.warning", 1)

    def exception(self, message, *arguments, **more):
        super().exception(message, *arguments, **more)
        self.increment("gunicorn.log.exception", 1)

    def info(self, message, *arguments, **more):
        self.log(logging.INFO, message, *arguments, **more)

    def debug(self, message, *arguments, **more):
        self.log(logging.DEBUG, message, *arguments, **more)

    def log(self, level, message, *arguments, **more):
        """A figure may come along as `extra={"metric": NAME, "value": NUMBER, "mtype": KIND}`, without a message."""
        extra = more.get("extra") or {}
        send = {"gauge": self.gauge, "counter": self.increment, "histogram": self.histogram}.get(extra.get("mtype"))
        if send and extra.get("metric") and extra.get("value"):
            send(extra["metric"], extra["value"])
        if message:
            super().log(level, message, *arguments, **more)

    def access(self, response, request, environ, duration):
        super().access(response, request, environ, duration)
        self.histogram("gunicorn.request.duration", duration / datetime.timedelta(milliseconds=1))
        self.increment("gunicorn.requests", 1)
        self.increment(f"gunicorn.request.status.{response.status[:3]}", 1)


def make(settings, found):
    """The logger that is asked for.

    :param found: what the configuration file has defined, by name
    """
    which = settings.text("gunicorn.logger_class")
    own = found.get("logger_class")
    if isinstance(own, type) and which == f"{own.__module__}.{own.__qualname__}":
        kind = own
    elif which in USUAL:
        kind = Statsd if settings.text("gunicorn.statsd_host") else Logger
    elif which in STATSD:
        kind = Statsd
    else:
        kind = by_name(which)
    if hasattr(kind, "install"):
        kind.install()
    cfg = Configuration(settings.gunicorn(), found) if issubclass(kind, Logger) else gunicorns(settings, found)
    return kind(cfg)


def by_name(name):
    module, _, kind = name.rpartition(".")
    if not module:
        raise RuntimeError(f"class uri {name!r} invalid or not found")
    return getattr(importlib.import_module(module), kind)


def gunicorns(settings, found):
    """The settings as an object of gunicorn's own class, which classes derived from its logger know."""
    try:
        from gunicorn.config import Config
    except ImportError:
        return Configuration(settings.gunicorn(), found)
    cfg = Config()
    for name, value in Configuration(settings.gunicorn(), found).__dict__.items():
        if name in cfg.settings and value is not None:
            try:
                cfg.set(name, value)
            except Exception:
                pass  # What this gunicorn does not take it does not need.
    return cfg


def standard():
    """What a configuration begins with; those it names itself replace these, section by section."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "root": {"level": "INFO", "handlers": ["console"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["error_console"], "propagate": True},
            "gunicorn.access": {"level": "INFO", "handlers": ["console"], "propagate": True},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stdout"},
            "error_console": {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"},
        },
        "formatters": {"generic": {"format": logs.FORMAT, "datefmt": logs.DATES, "class": "logging.Formatter"}},
    }


def configure_by_file(path):
    if not os.path.exists(path):
        raise RuntimeError(f"Error: log config '{path}' not found")
    defaults = {"__file__": path, "here": os.path.dirname(path)}
    logging.config.fileConfig(path, defaults=defaults, disable_existing_loggers=False)


def syslog_handler(cfg, which):
    prefix = cfg.syslog_prefix or str(cfg.proc_name).replace(":", ".")
    facility = logging.handlers.SysLogHandler.facility_names.get(str(cfg.syslog_facility).lower())
    if facility is None:
        raise RuntimeError(f"unknown facility name {cfg.syslog_facility!r}")
    kind, where = syslog_address(cfg.syslog_addr or "udp://localhost:514")
    handler = logging.handlers.SysLogHandler(where, facility, kind)
    handler.setFormatter(logging.Formatter(f"gunicorn.{prefix}.{which}: [%(process)d] %(message)s"))
    return handler


def syslog_address(text):
    """The type of socket and the address that `udp://HOST:PORT`, `tcp://HOST:PORT` or `unix://PATH#TYPE` mean."""
    if text.startswith("unix://"):
        path, _, kind = text[len("unix://"):].partition("#")
        return {"": None, "dgram": socket.SOCK_DGRAM, "stream": socket.SOCK_STREAM}[kind], path
    scheme, _, place = text.rpartition("://")
    if scheme not in ("", "udp", "tcp"):
        raise RuntimeError(f"invalid syslog address {text!r}")
    host, _, port = place.partition(":")
    if port and not port.isdigit():
        raise RuntimeError(f"{port!r} is not a valid port number.")
    kind = socket.SOCK_STREAM if scheme == "tcp" else socket.SOCK_DGRAM
    return kind, (host.lower() or "localhost", int(port or 514))


def statsd_socket(text):
    """A socket that sends to `HOST:PORT` or `unix:PATH`."""
    if text.startswith("unix:"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        found.connect(re.sub("^unix:/*(?=/)", "", text).removeprefix("unix:"))
    else:
        host, _, port = text.rpartition(":")
        found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        found.connect((host, int(port)))
    found.setblocking(False)
    return found


def user(environ):
    """Who a client says it is, by HTTP's basic authentication; None if it does not."""
    scheme, _, encoded = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, _ = base64.b64decode(encoded.strip()).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return name if colon else None
