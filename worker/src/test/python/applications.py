"""Applications for tests, one for each path; what they saw is asked for under /seen."""

import contextlib
import gzip
import io
import json
import os
import sys
import tempfile
import threading
import time

SEEN = []
PLAIN = [("Content-Type", "text/plain")]
BY_PATH = {}


def under(path):
    def remember(function):
        BY_PATH[path] = function
        return function

    return remember


def application(environ, start_response):
    return BY_PATH[environ["PATH_INFO"]](environ, start_response)


class Closing:
    """An iterable that notes when it is closed."""

    def __init__(self, name, items, error=None, close_error=None):
        self.name = name
        self.items = iter(items)
        self.error = error
        self.close_error = close_error

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return next(self.items)
        except StopIteration:
            if self.error:
                raise self.error from None
            raise

    def close(self):
        SEEN.append(self.name + " closed")
        if self.close_error:
            raise self.close_error


@under("/seen")
def seen(environ, start_response):
    # Other threads may note something meanwhile.
    taken = SEEN[:]
    del SEEN[:len(taken)]
    start_response("200 OK", PLAIN)
    return [json.dumps(taken).encode()]


@under("/hello")
def hello(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"Hello, world!\n"]


@under("/environ")
def show_environ(environ, start_response):
    shown = {name: repr(value) for name, value in environ.items()}
    shown["type"] = type(environ).__name__
    start_response("200 OK", PLAIN)
    return [json.dumps(shown).encode()]


@under("/spoiled")
def spoil_environ(environ, start_response):
    del environ["HTTP_COOKIE"]
    environ["spoiled"] = environ["HTTP_HOST"] = "spoiled"
    start_response("200 OK", PLAIN)
    return [b""]


# The body of the request.


@under("/echo")
def echo(environ, start_response):
    start_response("200 OK", PLAIN)
    return [environ["wsgi.input"].read()]


@under("/input")
def read_in_all_ways(environ, start_response):
    body = environ["wsgi.input"]
    found = [body.read(3), body.readline(), body.readline(2), body.readline(100)]
    found.append(body.read(0))
    found.extend(body.readlines(1))
    found.append(next(body))
    found.extend(body)
    found.append(body.read())
    found.append(body.read(10))
    found.append(body.readline())
    found.extend(body.readlines())
    start_response("200 OK", PLAIN)
    return [json.dumps([piece.decode() for piece in found]).encode()]


@under("/count")
def count(environ, start_response):
    size = int(environ["QUERY_STRING"] or 70000)
    total = 0
    while True:
        piece = environ["wsgi.input"].read(size)
        if not piece:
            break
        total += len(piece)
    start_response("200 OK", PLAIN)
    return [str(total).encode()]


@under("/unread")
def unread(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"not read"]


@under("/stubborn-reader")
def stubborn_reader(environ, start_response):
    try:
        environ["wsgi.input"].read()
    except OSError as problem:
        SEEN.append(type(problem).__name__)
        try:
            environ["wsgi.input"].read()
        except OSError:
            SEEN.append("again")
    start_response("400 Bad Request", PLAIN)
    return [b"broken"]


# The body of the answer.


@under("/pieces")
def pieces(environ, start_response):
    start_response("200 OK", PLAIN)
    return Closing("pieces", [b"one", b"", b"two", b"three"])


@under("/generator")
def generator(environ, start_response):
    start_response("200 OK", PLAIN)
    try:
        yield b"one"
        yield b"two"
    finally:
        SEEN.append("generator closed")


@under("/late-start")
def late_start(environ, start_response):
    """The head is said only while the first piece is made, as PEP 3333 allows."""
    start_response("200 OK", PLAIN)
    yield b""
    yield b"late"


@under("/paced")
def paced(environ, start_response):
    """A piece, then nothing for as long as the test reads its frames; a file says when to go on."""
    start_response("200 OK", PLAIN)
    yield b"first"
    while not os.path.exists(environ["QUERY_STRING"]):
        time.sleep(0.01)
    yield b"second"


@under("/announced")
def announced(environ, start_response):
    """The whole body in the first piece; what comes after it is nobody's business."""
    start_response("200 OK", PLAIN + [("Content-Length", "5")])
    yield b"12345"
    SEEN.append("went on")
    try:
        environ["wsgi.input"].read()
    except OSError:
        SEEN.append("not read")
    yield b"678"
    raise RuntimeError("boom")


@under("/busy")
def busy(environ, start_response):
    """Never ends, and leaves no other greenlet a turn."""
    start_response("200 OK", PLAIN)(b"first")
    while True:
        pass


@under("/for-ever")
def for_ever(environ, start_response):
    start_response("200 OK", [])(b"begun")
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(3600)


@under("/list")
def a_list(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"one", b"", b"two"]


@under("/tuple")
def a_tuple(environ, start_response):
    start_response("200 OK", PLAIN)
    return (b"alone",)


@under("/empty")
def empty(environ, start_response):
    start_response(environ["QUERY_STRING"] or "204 No Content", [])
    return []


@under("/large-list")
def large_list(environ, start_response):
    start_response("200 OK", PLAIN)
    return [b"x" * 100000] * int(environ["QUERY_STRING"])


@under("/large-piece")
def large_piece(environ, start_response):
    start_response("200 OK", PLAIN)
    return iter([b"y" * int(environ["QUERY_STRING"])])


@under("/not-modified-with-body")
def not_modified(environ, start_response):
    start_response("304 Not Modified", [])
    return [b"x" * 300000]


@under("/write")
def write(environ, start_response):
    say = start_response("200 OK", PLAIN)
    say(b"one ")
    say(b"")
    say(b"two ")
    return [b"three"]


@under("/write-nothing")
def write_nothing(environ, start_response):
    start_response("200 OK", PLAIN)(b"")
    return []


@under("/too-much")
def too_much(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "5")])
    return [b"123456789"] if environ["QUERY_STRING"] else iter([b"123", b"456", b"789"])


@under("/too-little")
def too_little(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "5")])
    return iter([b"123"])


@under("/endless")
def endless(environ, start_response):
    start_response("200 OK", PLAIN)
    pause = float(environ["QUERY_STRING"])

    def lines():
        while True:
            if pause:
                time.sleep(pause)
            yield b"z" * (10 if pause else 65536)

    return Closing("endless", lines())


@under("/stubborn-writer")
def stubborn_writer(environ, start_response):
    say = start_response("200 OK", PLAIN)
    failures = 0
    while failures < 3:
        try:
            say(b"z" * 65536)
        except OSError:
            failures += 1
    SEEN.append("gave up")
    return []


# Errors.


def boom(environ, start_response):
    raise RuntimeError("boom")


BY_PATH["/boom"] = boom


@under("/boom-after-head")
def boom_after_head(environ, start_response):
    start_response("200 OK", PLAIN)
    raise RuntimeError("boom")


@under("/boom-in-first-piece")
def boom_in_first(environ, start_response):
    start_response("200 OK", PLAIN)
    return Closing("first", [], error=RuntimeError("boom"))


@under("/boom-in-later-piece")
def boom_in_later(environ, start_response):
    start_response("200 OK", PLAIN)
    return Closing("later", [b"one"], error=RuntimeError("boom"))


@under("/boom-in-close")
def boom_in_close(environ, start_response):
    start_response("200 OK", PLAIN)
    return Closing("failing", [b"one"], close_error=RuntimeError("boom"))


@under("/recovered")
def recovered(environ, start_response):
    start_response("200 OK", [("X-First", "1")])
    try:
        raise ValueError("first")
    except ValueError:
        start_response("500 Oops", [("X-Second", "2")], sys.exc_info())
    return [b"recovered"]


@under("/too-late")
def too_late(environ, start_response):
    start_response("200 OK", PLAIN)(b"begun")
    try:
        raise ValueError("the original one")
    except ValueError:
        try:
            start_response("500 Oops", [], sys.exc_info())
        except ValueError as raised:
            SEEN.append("raised " + str(raised))
            raise
    return []


@under("/twice")
def twice(environ, start_response):
    start_response("200 OK", PLAIN)
    start_response("200 OK", PLAIN)
    return []


@under("/unstarted")
def unstarted(environ, start_response):
    return [b"x"]


@under("/unstarted-iterator")
def unstarted_iterator(environ, start_response):
    return iter([b"x"])


@under("/exit")
def leave(environ, start_response):
    sys.exit(7)


@under("/wrong-body")
def wrong_body(environ, start_response):
    start_response("200 OK", PLAIN)
    return {
        "text": ["text"], "texts": ["te", "xt"], "iterator": iter(["text"]), "bytearrays": [bytearray(b"a"), b"b"],
        "none": None, "bytes": b"abc", "string": "abc", "numbers": [1, 2],
    }[environ["QUERY_STRING"]]


@under("/wrong-write")
def wrong_write(environ, start_response):
    start_response("200 OK", PLAIN)("text")
    return []


class Text(str):
    """As frameworks have it for text that is safe in HTML."""

    def __str__(self):
        return "another"

    def __format__(self, how):
        return "another"


HEADS = {
    "bytes-status": (b"200 OK", []),
    "number-status": (200, []),
    "word-status": ("OK", []),
    "short-status": ("20 OK", []),
    "spaceless-status": ("200OK", []),
    "informational-status": ("101 Switching Protocols", []),
    "status-with-line": ("200 OK\r\nX: y", []),
    "status-with-null": ("200 O\0K", []),
    "status-beyond-latin-1": ("200 \u2603", []),
    "bytes-name": ("200 OK", [(b"X", "y")]),
    "bytes-value": ("200 OK", [("X", b"y")]),
    "number-value": ("200 OK", [("X", 1)]),
    "none-value": ("200 OK", [("X", None)]),
    "value-with-cr": ("200 OK", [("X", "a\rb")]),
    "value-with-lf": ("200 OK", [("X", "a\nSet-Cookie: b")]),
    "value-with-null": ("200 OK", [("X", "a\0b")]),
    "value-with-delete": ("200 OK", [("X", "a\x7fb")]),
    "value-beyond-latin-1": ("200 OK", [("X", "\u2603")]),
    "name-with-colon": ("200 OK", [("X:", "y")]),
    "name-with-space": ("200 OK", [("X Y", "y")]),
    "name-with-lf": ("200 OK", [("X\n", "y")]),
    "name-beyond-latin-1": ("200 OK", [("\u2603", "y")]),
    "empty-name": ("200 OK", [("", "y")]),
    "word-length": ("200 OK", [("Content-Length", "five")]),
    "negative-length": ("200 OK", [("Content-Length", "-1")]),
    "signed-length": ("200 OK", [("Content-Length", "+1")]),
    "underscored-length": ("200 OK", [("Content-Length", "1_0")]),
    "foreign-length": ("200 OK", [("Content-Length", "\u0663")]),
    "two-lengths": ("200 OK", [("Content-Length", "1"), ("content-length", "2")]),
    "triples": ("200 OK", [("X", "y", "z")]),
    "none": ("200 OK", None),
}
GOOD_HEADS = {
    "derived": (Text("200 OK"), [(Text("X-Name"), Text("value"))]),
    "latin-1": ("200 D\xe9j\xe0", [("X", "d\xe9j\xe0 vu")]),
    "space": ("200 OK", [("X", "  a b  "), ("Y", "\tc\xe9\t")]),
    "tab": ("200 OK", [("X", "a\tb")]),
    "bare-status": ("404", []),
    "padded-length": ("200 OK", [("Content-Length", " 1 ")]),
    "empty-value": ("200 OK", [("X", "")]),
    "same-lengths": ("200 OK", [("Content-Length", "1"), ("Content-Length", "1")]),
    "several": ("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]),
    "hop-by-hop": (
        "200 OK",
        [("Connection", "close"), ("Keep-Alive", "5"), ("TE", "x"), ("Trailers", "x"), ("X", "y"), ("Upgrade", "h3")]
        + [("Transfer-Encoding", "chunked"), ("Proxy-Authenticate", "Basic"), ("Proxy-Authorization", "x")],
    ),
    "tuple": ("200 OK", (("X", "y"),)),
}


@under("/head")
def head(environ, start_response):
    wanted = environ["QUERY_STRING"]
    start_response(*(GOOD_HEADS.get(wanted) or HEADS[wanted]))
    return [b"x"]


@under("/hints")
def hints(environ, start_response):
    environ["wsgi.early_hints"]([("Link", "</a.css>; rel=preload")])
    start_response("200 OK", PLAIN)(b"begun")
    environ["wsgi.early_hints"]([("Link", "</too-late.css>; rel=preload")])
    return []


@under("/wrong-hints")
def wrong_hints(environ, start_response):
    environ["wsgi.early_hints"]([("Link", "</a.css>\r\nX: y")])
    return []


# Files.

CONTENT = bytes(range(256)) * 4096


class Noting(io.FileIO):
    def close(self):
        if not self.closed:
            SEEN.append("file closed")
        super().close()


def a_file(size):
    file = tempfile.TemporaryFile()
    file.write(CONTENT[:size])
    file.seek(0)
    return file


class Wrapped:
    """Neither a file of the standard library nor one with a descriptor."""

    def __init__(self, data):
        self.data = io.BytesIO(data)

    def read(self, size):
        return self.data.read(size)


@under("/file")
def file(environ, start_response):
    size, offset, length, kind = (environ["QUERY_STRING"] + ",,,").split(",")[:4]
    opened = a_file(int(size))
    if kind == "gzip":
        packed = tempfile.TemporaryFile()
        with gzip.GzipFile(fileobj=packed, mode="wb") as to:
            to.write(CONTENT[:int(size)])
        packed.seek(0)
        opened = gzip.GzipFile(fileobj=packed, mode="rb")
    elif kind == "bytes":
        opened = io.BytesIO(CONTENT[:int(size)])
    elif kind == "object":
        opened = Wrapped(CONTENT[:int(size)])
    elif kind == "raw":
        opened = Noting(os.dup(opened.fileno()), "rb")
    elif kind == "text":
        opened = io.TextIOWrapper(opened, "latin-1")
    elif kind == "buffered":
        # Part of it is in the buffer: where the descriptor stands is not where the application is.
        opened = open(os.dup(opened.fileno()), "rb")
        opened.read(1)
        opened.seek(0)
    if offset:
        opened.read(int(offset))
    start_response("200 OK", PLAIN + ([("Content-Length", length)] if length else []))
    return environ["wsgi.file_wrapper"](opened, 4096)


@under("/file-middleware")
def file_by_iterating(environ, start_response):
    start_response("200 OK", PLAIN)
    wrapped = environ["wsgi.file_wrapper"](a_file(10000), 4096)
    return (piece.upper() for piece in wrapped)


# Threads.

TOGETHER = threading.Semaphore(0)
COUNT = threading.Lock()
INSIDE = []


@under("/together")
def together(environ, start_response):
    """Ends when as many requests are here at once as the query says."""
    wanted = int(environ["QUERY_STRING"])
    with COUNT:
        INSIDE.append(threading.current_thread().name)
        if len(INSIDE) == wanted:
            for _ in range(wanted):
                TOGETHER.release()
    is_complete = TOGETHER.acquire(timeout=50)
    with COUNT:
        names = list(INSIDE)
        if len(INSIDE) == wanted and is_complete:
            SEEN.append(sorted(names))
    start_response("200 OK" if is_complete else "500 Alone", PLAIN)
    return [threading.current_thread().name.encode()]
