"""What the master says about the application, by name."""

import re


class Settings:
    def __init__(self):
        self.values = {}

    def add(self, name, value):
        self.values.setdefault(name, []).append(value)

    def text(self, name, default=""):
        return self.values.get(name, [default])[-1]

    def number(self, name, default=0):
        return int(float(self.text(name, str(default))))

    def flag(self, name):
        return self.text(name) == "true"

    def all(self, name):
        return self.values.get(name, [])

    def gunicorn(self):
        """Further settings by gunicorn's names."""
        prefix = "gunicorn."
        return {name[len(prefix):]: values[-1] for name, values in self.values.items() if name.startswith(prefix)}


class Setting:
    def __init__(self, name, value):
        self.name = name
        self.value = value

    def get(self):
        return self.value


class Configuration:
    """Settings by gunicorn's names and of the types they have there; None for those that are not set."""

    # Texts that look like numbers stay texts everywhere else.
    NUMBERS = frozenset(
        "backlog workers worker_connections threads max_requests max_requests_jitter timeout graceful_timeout keepalive "
        "limit_request_line limit_request_fields limit_request_field_size umask cert_reqs".split()
    )
    LISTS = frozenset("bind raw_env raw_paste_global_conf reload_extra_files".split())

    def __init__(self, texts, found):
        for name, text in texts.items():
            value = found.get(name)
            is_object = isinstance(value, (dict, type)) or callable(value)
            self.__dict__[name] = value if is_object else self.typed(name, text)
        self.__dict__.setdefault("proc_name", texts.get("default_proc_name", "gunicorn"))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None

    def typed(self, name, text):
        if text in ("", "None"):
            return None
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        if name in self.NUMBERS:
            try:
                return int(float(text))
            except ValueError:
                return text
        return text.split(",") if name in self.LISTS else text

    @property
    def settings(self):
        """Each by its name, as an object that knows its value."""
        return {name: Setting(name, value) for name, value in self.__dict__.items()}

    @property
    def env(self):
        return dict(pair.partition("=")[::2] for pair in self.raw_env or ())

    @property
    def address(self):
        return [address(bind) for bind in self.bind or ()]


def address(bind):
    """Where a server listens, as sockets say it."""
    if bind.startswith("unix:"):
        return re.sub("^unix:/*(?=/)", "", bind).removeprefix("unix:")
    host, colon, port = re.sub("^[a-z]+://", "", bind).rpartition(":")
    if not colon or not port.isdigit():
        return bind, 8000
    return host.strip("[]") or "0.0.0.0", int(port)
