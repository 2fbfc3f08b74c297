"""The application of the comparison: shows what it is given, and answers in every way there is."""

import io
import os
import sys
import tempfile

# Not the same in any two servers.
OWN = ("SERVER_SOFTWARE", "SERVER_PORT", "REMOTE_PORT")


def dump(environ):
    lines = []
    for name in sorted(environ):
        value = environ[name]
        if name in OWN:
            continue
        shown = ascii(value) if isinstance(value, (str, bool, tuple)) else "an object"
        lines.append(f"{name} = {shown}")
    return "\n".join(lines) + "\n"


def show(environ, start_response):
    body = environ["wsgi.input"].read()
    text = dump(environ) + f"body {len(body)} {ascii(body[:200])} {sum(body) % 65521}\n"
    return plain(start_response, text)


def plain(start_response, text, status="200 OK", headers=()):
    body = text.encode("latin-1")
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), *headers])
    return [body]


# How a body is read.


def read_lines(environ, start_response):
    return plain(start_response, ascii(list(environ["wsgi.input"])))


def read_readline(environ, start_response):
    stream = environ["wsgi.input"]
    return plain(start_response, ascii([stream.readline() for _ in range(4)]))


def read_readline_sizes(environ, start_response):
    stream = environ["wsgi.input"]
    return plain(start_response, ascii([stream.readline(3) for _ in range(5)]))


def read_readlines(environ, start_response):
    return plain(start_response, ascii(environ["wsgi.input"].readlines()))


def read_sizes(environ, start_response):
    stream = environ["wsgi.input"]
    return plain(start_response, ascii([stream.read(n) for n in (0, 1, 2, 5, 1000, 1000)]))


def read_twice(environ, start_response):
    stream = environ["wsgi.input"]
    return plain(start_response, ascii([stream.read(), stream.read(), stream.read(10), stream.readline()]))


def read_negative(environ, start_response):
    return plain(start_response, ascii(environ["wsgi.input"].read(-1)))


def read_mixed(environ, start_response):
    stream = environ["wsgi.input"]
    return plain(start_response, ascii([stream.read(2), stream.readline(), stream.read(1), stream.read()]))


def read_some(environ, start_response):
    return plain(start_response, ascii(environ["wsgi.input"].read(3)))


def read_nothing(environ, start_response):
    return plain(start_response, "not read")


def read_large(environ, start_response):
    count = size = 0
    while True:
        piece = environ["wsgi.input"].read(8192)
        if not piece:
            return plain(start_response, f"{size} {count}")
        size += len(piece)
        count += sum(piece[:7])


# How an answer is given.


def answer_empty_list(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return []


def answer_empty_pieces(environ, start_response):
    start_response("200 OK", [])
    return [b"", b"", b""]


def answer_pieces(environ, start_response):
    start_response("200 OK", [("X-Pieces", "3")])
    return [b"one ", b"", b"two ", b"three"]


def answer_tuple(environ, start_response):
    start_response("200 OK", [])
    return (b"a", b"tuple")


def answer_bytes(environ, start_response):
    start_response("200 OK", [])
    return (bytes([c]) for c in b"by byte")


def answer_generator(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for i in range(4):
        yield f"piece {i}\n".encode()


def answer_late(environ, start_response):
    """A generator that says its status when it is asked for the first piece."""
    yield b""
    start_response("201 Created", [("X-Late", "yes")])
    yield b"late"


def answer_nothing_then_late(environ, start_response):
    start_response("200 OK", [("X-A", "b")])
    yield b""
    yield b""


def answer_write(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain")])
    write(b"written ")
    write(b"")
    write(b"first ")
    return [b"then returned"]


def answer_write_only(environ, start_response):
    write = start_response("200 OK", [("Content-Length", "4")])
    write(b"four")
    return []


def answer_length(environ, start_response):
    start_response("200 OK", [("Content-Length", "5"), ("Content-Type", "text/plain")])
    return [b"right"]


def answer_too_long(environ, start_response):
    start_response("200 OK", [("Content-Length", "3")])
    return [b"too ", b"long"]


def answer_too_long_whole(environ, start_response):
    start_response("200 OK", [("Content-Length", "3")])
    return [b"too long"]


def answer_too_short(environ, start_response):
    start_response("200 OK", [("Content-Length", "10")])
    return [b"short"]


def answer_too_short_pieces(environ, start_response):
    start_response("200 OK", [("Content-Length", "10")])
    yield b"sh"
    yield b"ort"


def answer_length_zero(environ, start_response):
    start_response("200 OK", [("Content-Length", "0")])
    return [b"not to be seen"]


def answer_bad_length(environ, start_response):
    start_response("200 OK", [("Content-Length", "five")])
    return [b"right"]


def answer_length_spaces(environ, start_response):
    start_response("200 OK", [("Content-Length", " 5 ")])
    return [b"right"]


def answer_two_lengths(environ, start_response):
    start_response("200 OK", [("Content-Length", "5"), ("Content-Length", "5")])
    return [b"right"]


def status(text, *headers, body=()):
    def answer(environ, start_response):
        start_response(text, list(headers))
        return body

    return answer


answer_204 = status("204 No Content")
answer_204_length = status("204 No Content", ("Content-Length", "0"))
answer_204_type = status("204 No Content", ("Content-Type", "text/html"))
answer_204_body = status("204 No Content", body=[b"a body"])
answer_304 = status("304 Not Modified", ("ETag", '"x"'))
answer_304_length = status("304 Not Modified", ("Content-Length", "100"))
answer_304_body = status("304 Not Modified", body=[b"a body"])
answer_205 = status("205 Reset Content")
answer_201 = status("201 Created", ("Location", "/x"), body=[b"made"])
answer_404 = status("404 Not Found", ("Content-Type", "text/plain"), body=[b"none"])
answer_418 = status("418 I'm a teapot", body=[b"short and stout"])
answer_500 = status("500 Internal Server Error", body=[b"its own page"])
answer_503 = status("503 Service Unavailable", ("Retry-After", "3"), body=[b"later"])
answer_599 = status("599 Odd", body=[b"odd"])
answer_299_latin = status("299 Schöner Tag", body=[b"x"])
answer_no_reason = status("200", body=[b"x"])
answer_empty_reason = status("200 ", body=[b"x"])
answer_long_reason = status("200 " + "reason " * 40, body=[b"x"])
answer_no_number = status("OK", body=[b"x"])
answer_empty_status = status("", body=[b"x"])
answer_newline_status = status("200 OK\r\nX-Split: yes", body=[b"x"])
answer_tab_status = status("200 O\tK", body=[b"x"])
answer_wide_status = status("200 \u20ac", body=[b"x"])
answer_int_status = status(200, body=[b"x"])
answer_bytes_status = status(b"200 OK", body=[b"x"])
answer_hop = status(
    "200 OK",
    ("Connection", "close"),
    ("Keep-Alive", "timeout=5"),
    ("Proxy-Authenticate", "Basic"),
    ("TE", "trailers"),
    ("Trailers", "x"),
    ("Transfer-Encoding", "chunked"),
    ("Upgrade", "h2c"),
    ("X-Kept", "yes"),
    body=[b"hop"],
)
answer_server_date = status("200 OK", ("Server", "mine"), ("Date", "yesterday"), body=[b"x"])
answer_connection_upgrade = status("200 OK", ("Connection", "Upgrade"), ("X-A", "b"), body=[b"x"])
answer_many_headers = status("200 OK", *[(f"X-{i}", str(i)) for i in range(90)], body=[b"x"])
answer_same_headers = status("200 OK", ("Set-Cookie", "a=1"), ("X", "y"), ("Set-Cookie", "b=2"), ("set-cookie", "c"))
answer_cases = status("200 OK", ("x-LOWER", "A"), ("X-UPPER", "b"), ("content-type", "text/x"), body=[b"x"])
answer_latin_header = status("200 OK", ("X-Latin", "caf\xe9 \xff"), body=[b"x"])
answer_wide_header = status("200 OK", ("X-Wide", "\u20ac"), body=[b"x"])
answer_space_value = status("200 OK", ("X-Space", "  a  "), ("X-Tab", "\ta\tb\t"), ("X-Empty", ""), body=[b"x"])
answer_newline_value = status("200 OK", ("X-Evil", "a\r\nX-Split: yes"), body=[b"x"])
answer_nul_value = status("200 OK", ("X-Nul", "a\0b"), body=[b"x"])
answer_space_name = status("200 OK", ("X Space", "a"), body=[b"x"])
answer_colon_name = status("200 OK", ("X:Colon", "a"), body=[b"x"])
answer_empty_name = status("200 OK", ("", "a"), body=[b"x"])
answer_latin_name = status("200 OK", ("X-\xe9", "a"), body=[b"x"])
answer_odd_name = status("200 OK", ("X!#$%&'*+.^_`|~9", "a"), body=[b"x"])
answer_bytes_name = status("200 OK", (b"X-A", "a"), body=[b"x"])
answer_bytes_value = status("200 OK", ("X-A", b"a"), body=[b"x"])
answer_int_value = status("200 OK", ("X-A", 5), body=[b"x"])
answer_none_value = status("200 OK", ("X-A", None), body=[b"x"])
answer_str_body = status("200 OK", body=["text"])
answer_bytearray_body = status("200 OK", body=[bytearray(b"array")])
answer_memoryview_body = status("200 OK", body=[memoryview(b"view")])
answer_int_body = status("200 OK", body=[5])
answer_bare_bytes = status("200 OK", body=b"bare")
answer_none_body = status("200 OK", body=None)


class Named(str):
    pass


answer_str_subclass = status(Named("200 Named"), (Named("X-A"), Named("b")), body=[b"x"])


def answer_headers_tuple(environ, start_response):
    start_response("200 OK", (("X-A", "b"), ("X-C", "d")))
    return [b"x"]


def answer_headers_lists(environ, start_response):
    start_response("200 OK", [["X-A", "b"]])
    return [b"x"]


def answer_three_in_header(environ, start_response):
    start_response("200 OK", [("X-A", "b", "c")])
    return [b"x"]


def answer_twice(environ, start_response):
    start_response("200 OK", [("X-First", "1")])
    start_response("201 Created", [("X-Second", "2")])
    return [b"x"]


def answer_exc_info(environ, start_response):
    start_response("200 OK", [("X-First", "1")])
    try:
        raise ValueError("meant")
    except ValueError:
        start_response("500 Oops", [("X-Second", "2")], sys.exc_info())
    return [b"after exc_info"]


def answer_exc_info_late(environ, start_response):
    write = start_response("200 OK", [("X-First", "1")])
    write(b"already ")
    try:
        raise ValueError("meant")
    except ValueError:
        start_response("500 Oops", [("X-Second", "2")], sys.exc_info())
    return [b"never seen"]


def answer_exc_info_first(environ, start_response):
    try:
        raise ValueError("meant")
    except ValueError:
        start_response("500 First", [("X-Second", "2")], sys.exc_info())
    return [b"page"]


def answer_raise(environ, start_response):
    raise ValueError("on purpose")


def answer_raise_after_start(environ, start_response):
    start_response("200 OK", [("X-A", "b")])
    raise ValueError("on purpose")


def answer_raise_in_generator(environ, start_response):
    start_response("200 OK", [("X-A", "b")])
    raise ValueError("on purpose")
    yield b""


def answer_raise_after_piece(environ, start_response):
    start_response("200 OK", [("X-A", "b")])
    yield b"a piece"
    raise ValueError("on purpose")


def answer_raise_after_length(environ, start_response):
    start_response("200 OK", [("Content-Length", "100")])
    yield b"a piece"
    raise ValueError("on purpose")


def answer_raise_after_write(environ, start_response):
    write = start_response("200 OK", [("X-A", "b")])
    write(b"a piece")
    raise ValueError("on purpose")


def answer_oserror(environ, start_response):
    raise FileNotFoundError("on purpose")


def answer_never_started(environ, start_response):
    return [b"no status"]


def answer_never_started_empty(environ, start_response):
    return []


def answer_none(environ, start_response):
    start_response("200 OK", [])


def answer_none_unstarted(environ, start_response):
    return None


class Closing:
    """An iterable with close()."""

    closed = []

    def __init__(self, pieces, name, problem=None):
        self.pieces = pieces
        self.name = name
        self.problem = problem

    def __iter__(self):
        return iter(self.pieces)

    def close(self):
        Closing.closed.append(self.name)
        if self.problem:
            raise self.problem


def answer_close(environ, start_response):
    start_response("200 OK", [("X-A", "b")])
    return Closing([b"with ", b"close"], "close")


def answer_close_raises(environ, start_response):
    start_response("200 OK", [("Content-Length", "4")])
    return Closing([b"done"], "raises", ValueError("in close"))


def answer_close_raises_chunked(environ, start_response):
    start_response("200 OK", [])
    return Closing([b"done"], "raises chunked", ValueError("in close"))


def answer_close_unstarted(environ, start_response):
    return Closing([b"never"], "unstarted")


def answer_close_after_error(environ, start_response):
    def pieces():
        yield b"one"
        raise ValueError("on purpose")

    start_response("200 OK", [])
    return Closing(pieces(), "after error")


def answer_closed(environ, start_response):
    # Threads may take turns.
    text = " ".join(sorted(Closing.closed))
    Closing.closed.clear()
    return plain(start_response, text)


class Lengthy:
    """An iterable that is no sequence but knows its length."""

    def __init__(self, *pieces):
        self.pieces = pieces

    def __len__(self):
        return len(self.pieces)

    def __iter__(self):
        return iter(self.pieces)


def answer_lengthy(environ, start_response):
    start_response("200 OK", [])
    return Lengthy(b"one piece")


class Indexed:
    """Iterable by __getitem__ alone."""

    def __getitem__(self, index):
        return (b"by ", b"index")[index]


def answer_indexed(environ, start_response):
    start_response("200 OK", [])
    return Indexed()


def file_of(size):
    file = tempfile.TemporaryFile()
    file.write(bytes(i * 7 % 251 for i in range(1000)) * (size // 1000))
    file.seek(0)
    return file


def answer_file_small(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/x")])
    return environ["wsgi.file_wrapper"](file_of(3000))


def answer_file_large(environ, start_response):
    start_response("200 OK", [("Content-Length", "300000")])
    return environ["wsgi.file_wrapper"](file_of(300000), 4096)


def answer_file_large_chunked(environ, start_response):
    start_response("200 OK", [])
    return environ["wsgi.file_wrapper"](file_of(300000))


def answer_file_offset(environ, start_response):
    file = file_of(200000)
    file.seek(100000)
    start_response("200 OK", [])
    return environ["wsgi.file_wrapper"](file)


def answer_file_cut(environ, start_response):
    start_response("200 OK", [("Content-Length", "150000")])
    return environ["wsgi.file_wrapper"](file_of(200000))


def answer_file_no_descriptor(environ, start_response):
    start_response("200 OK", [])
    return environ["wsgi.file_wrapper"](io.BytesIO(b"in memory" * 1000), 100)


def answer_large_list(environ, start_response):
    start_response("200 OK", [])
    return [b"0123456789" * 30000]


def answer_large_stream(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return (b"0123456789" * 3000 for _ in range(60))


def answer_errors(environ, start_response):
    errors = environ["wsgi.errors"]
    errors.write("a line\n")
    errors.writelines(["two ", "pieces\n"])
    errors.flush()
    return plain(start_response, "written")


def answer_changed_environ(environ, start_response):
    environ.clear()
    return plain(start_response, "cleared")


def answer_pid_env(environ, start_response):
    return plain(start_response, ascii({name: os.environ.get(name) for name in ("SCRIPT_NAME", "FROM_OPTION")}))


def answer_type_of_environ(environ, start_response):
    return plain(start_response, type(environ).__name__)


def answer_errors_type(environ, start_response):
    return plain(start_response, str([hasattr(environ["wsgi.errors"], n) for n in ("flush", "write", "writelines")]))


def app(environ, start_response):
    path = environ.get("PATH_INFO", "")
    for prefix in ("read_", "answer_"):
        name = path.strip("/")
        if name.startswith(prefix):
            return globals()[name](environ, start_response)
    return show(environ, start_response)
