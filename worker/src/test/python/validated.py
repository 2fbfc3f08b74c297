"""Applications behind wsgiref.validate. What it finds fault with is an error of the request, or is listed under
/complaints."""

import gc
import io
import sys
import tempfile
import warnings
from wsgiref.validate import validator

warnings.simplefilter("error")
LATER = io.StringIO()
PLAIN = [("Content-Type", "text/plain")]


def a_list(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"a", b"b"]


def a_generator(environ, start_response):
    start_response("200 OK", PLAIN)

    def pieces():
        yield b"a"
        yield b"b"

    return pieces()


def a_writer(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(b"a")
    return [b"b"]


def a_reader(environ, start_response):
    body = environ["wsgi.input"]
    body.read(1)
    body.readline()
    body.readline(3)
    for _ in body:
        pass
    body.readlines(2)
    start_response("200 OK", PLAIN)
    return [b"ab"]


def a_complainer(environ, start_response):
    environ["wsgi.errors"].write("")
    environ["wsgi.errors"].writelines([""])
    environ["wsgi.errors"].flush()
    start_response("200 OK", PLAIN)
    return [b"ab"]


def a_file(environ, start_response):
    file = tempfile.TemporaryFile()
    file.write(b"ab")
    file.seek(0)
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](file)


def a_recovery(environ, start_response):
    start_response("500 Oops", PLAIN)
    try:
        raise ValueError
    except ValueError:
        start_response("200 OK", PLAIN, sys.exc_info())
    return [b"ab"]


def with_length(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "2")])
    return [b"ab"]


def complaints(environ, start_response):
    """What is said only when a forgotten iterator is collected."""
    gc.collect()
    start_response("200 OK", PLAIN)
    return [LATER.getvalue().encode()]


BY_PATH = {
    "/" + name: function
    for name, function in {
        "list": a_list, "generator": a_generator, "writer": a_writer, "reader": a_reader, "complainer": a_complainer,
        "file": a_file, "recovery": a_recovery, "length": with_length,
    }.items()
}
EXPECTED = {path: b"ab" for path in BY_PATH}
VALIDATED = {path: validator(function) for path, function in BY_PATH.items()}


class Errors:
    """Standard error, with a note of what the judge says there."""

    def __init__(self, to):
        self.to = to

    def write(self, text):
        if "without being closed" in text:
            LATER.write(text)
        self.to.write(text)

    def __getattr__(self, name):
        return getattr(self.to, name)


sys.stderr = Errors(sys.stderr)


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/complaints":
        return complaints(environ, start_response)
    return VALIDATED[path](environ, start_response)
