"""Flask where it is installed; else as much of it as these applications need, on plain WSGI."""

import re
from http import HTTPStatus

try:
    from flask import Flask, Response, request

    NAME = "Flask"

    def body():
        return request.get_data()

except ImportError:
    import threading

    NAME = "plain WSGI"
    _present = threading.local()
    _LARGEST_BODY = 1 << 20
    _PART = re.compile(r"<(?:(int|string):)?([a-z_]+)>")

    class Response:
        def __init__(self, text, status=200, mimetype="text/html"):
            self.data = text.encode()
            self.status = status
            self.mimetype = mimetype

    class Flask:
        """Routes by path and method, and is the WSGI application itself."""

        def __init__(self, name, static_folder=None):
            self.name = name
            self.routes = []
            self.handlers = {}

        def route(self, rule, methods=("GET",), strict_slashes=True):
            pattern = _PART.sub(lambda part: f"(?P<{part[2]}>{'[0-9]+' if part[1] == 'int' else '[^/]+'})", rule)
            numbers = [part[2] for part in _PART.finditer(rule) if part[1] == "int"]
            pattern = pattern.rstrip("/") + ("/?" if not strict_slashes or rule.endswith("/") else "")

            def add(function):
                self.routes.append((re.compile(pattern), set(methods), numbers, function))
                return function

            return add

        def errorhandler(self, status):
            def add(function):
                self.handlers[status] = function
                return function

            return add

        def __call__(self, environ, start_response):
            answer = self.answer(environ)
            if isinstance(answer, str):
                answer = Response(answer)
            kind = answer.mimetype + ("; charset=utf-8" if answer.mimetype.startswith("text/") else "")
            status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
            start_response(status, [("Content-Type", kind), ("Content-Length", str(len(answer.data)))])
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.data]

        def answer(self, environ):
            path = environ.get("PATH_INFO", "/")
            method = environ["REQUEST_METHOD"].replace("HEAD", "GET")
            status = 404
            for pattern, methods, numbers, function in self.routes:
                found = pattern.fullmatch(path)
                if found and method in methods:
                    _present.environ = environ
                    values = found.groupdict()
                    return function(**{name: int(v) if name in numbers else v for name, v in values.items()})
                status = 405 if found else status
            if status in self.handlers:
                return self.handlers[status](None)
            return Response(f"<h1>{HTTPStatus(status).phrase}</h1>\n", status)

    def body():
        environ = _present.environ
        length = int(environ.get("CONTENT_LENGTH") or 0)
        return environ["wsgi.input"].read(min(length, _LARGEST_BODY))
