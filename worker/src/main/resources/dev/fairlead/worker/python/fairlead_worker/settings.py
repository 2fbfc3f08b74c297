"""What the master says about the application, by name."""


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
