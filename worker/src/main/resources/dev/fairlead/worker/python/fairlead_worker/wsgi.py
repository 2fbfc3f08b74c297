"""Runs a WSGI application (PEP 3333) for one request after another. How frames are waited for is up to the kind."""

import io
import marshal
import os
import re
import stat
import sys

from fairlead_worker import channel, logs

NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
STATUS = re.compile(r"[1-9][0-9][0-9](?: [^\x00-\x08\x0a-\x1f\x7f]*)?")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What belongs to the connection is not the application's to say; gunicorn drops it silently as well.
HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailers transfer-encoding upgrade server date".split()
) - {"server", "date"}
MOST_KNOWN_NAMES = 1024
SMALL_FILE = 64 * 1024

_known_names = set()
_pack_response = channel.response_header.pack
_pack_header = channel.header.pack


class Gone(OSError):
    """The client is no longer there: what the application says has nobody to go to."""


class FileWrapper:
    """A file as the body of an answer; see PEP 3333, "Optional Platform-Specific File Handling"."""

    def __init__(self, filelike, blksize=8192):
        self.filelike = filelike
        self.blksize = blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        data = self.filelike.read(self.blksize)
        if data:
            return data
        raise StopIteration

    def __getitem__(self, index):
        data = self.filelike.read(self.blksize)
        if data:
            return data
        raise IndexError(index)


class Pulled(io.RawIOBase):
    """The request body that is not here yet: asked for piece by piece."""

    def __init__(self, call, first):
        self._call = call
        self._here = memoryview(first)
        self._ended = False

    def readable(self):
        return True

    def readinto(self, into):
        if not self._here and not self._ended:
            data, self._ended = self._call.pull(max(len(into), 16384))
            self._here = memoryview(data)
        size = min(len(into), len(self._here))
        into[:size] = self._here[:size]
        self._here = self._here[size:]
        return size


class Call:
    """One request and what the application answers."""

    __slots__ = (
        "link", "request", "head", "started", "left", "credit", "sent", "status", "headers", "environ", "tunnel",
        "_ended", "_gone",
    )

    def __init__(self, link, request):
        self.link = link
        self.request = request
        self.head = None  # the head as text, once the application has said it
        self.started = False  # whether the head has been sent
        self.left = -1  # bytes of the announced length still to be sent; -1 without one
        self.credit = channel.FIRST_CREDIT
        self.sent = 0
        self.status = ""
        self.headers = ()
        self.environ = None
        self.tunnel = None  # the connection of its own, where it asked to change the protocol
        self._ended = False  # whether traffic has been given the whole answer
        self._gone = False

    # What the application calls.

    def start_response(self, status, headers, exc_info=None):
        if exc_info:
            try:
                if self.started:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None
        elif self.head is not None:
            raise AssertionError("start_response was called twice without exc_info")
        if type(status) is not str:
            raise TypeError(f"the status is {type(status).__name__}, it has to be str")
        if not STATUS.fullmatch(status):
            raise ValueError(f"the status is {status!r}, it has to be like '200 OK'")
        lines = [status if len(status) > 3 else status + " "]
        self.left = -1
        known = _known_names
        for name, value in headers:
            if name not in known:
                check_name(name)
            if type(value) is not str:
                raise TypeError(f"the value of {name} is {type(value).__name__}, it has to be str")
            if not (value.isascii() and value.isprintable()):
                value = check_value(name, value)
            lower = name.lower()
            if lower in HOP_BY_HOP:
                continue
            if lower == "content-length":
                self.left = content_length(value)
            lines.append(f"{name}: {value}")
        lines.append("\r\n")
        self.status = status
        self.headers = headers
        self.head = "\r\n".join(lines)
        return self.write

    def write(self, data):
        if not isinstance(data, bytes):
            raise TypeError(f"write() got {type(data).__name__}, it has to be bytes")
        self.send(data)

    # What this side does with it.

    def respond(self, result):
        """Sends what the application returned: whole if it is at hand, else piece by piece as it comes."""
        if not self.started:
            if type(result) in (list, tuple) and self.head is not None:
                whole = result[0] if len(result) == 1 else b"".join(result)
                if type(whole) is bytes and len(whole) <= channel.LONGEST_DATA:
                    self.respond_whole(whole, self.link.answer)
                    return
            if type(result) is FileWrapper and self.respond_file(result):
                return
        for data in result:
            if data:
                if not isinstance(data, bytes):
                    raise TypeError(f"the answer's body holds {type(data).__name__}, it has to be bytes")
                if len(data) == self.left and not self.started and len(data) <= channel.LONGEST_DATA:
                    # What the application does after its last byte is nothing the client waits for.
                    self.respond_whole(data, self.link.answer_early)
                    self._ended = True
                    self.left = 0
                else:
                    self.send(data)
        self.finish()

    def respond_whole(self, body, answer):
        if 0 <= self.left < len(body):
            body = body[:self.left]
        head = self.head.encode("latin-1")
        self.started = True
        self.sent += len(body)
        answer(
            _pack_response(len(head) + len(body) + 4, channel.RESPONSE | self.request << 8, len(head)) + head + body
        )

    def respond_file(self, wrapper):
        """Has traffic send an open file itself; False if it is none, or cannot be opened there."""
        file = wrapper.filelike
        try:
            descriptor = file.fileno()
            facts = os.fstat(descriptor)
            offset = file.tell()
        except (AttributeError, OSError, ValueError):
            return False
        size = facts.st_size - offset
        if self.left >= 0:
            size = min(size, self.left)
        if not stat.S_ISREG(facts.st_mode) or size < SMALL_FILE:
            return False
        self.send_head()
        payload = channel.file_payload.pack(descriptor, offset, size)
        self.link.send(channel.frame(channel.FILE, self.request, payload))
        while True:
            kind, _ = self.await_frame()
            if kind == channel.FILE_TAKEN:
                self.sent += size
                self.finish()
                return True
            if kind == channel.FILE_REFUSED:
                return False

    def send_head(self):
        if self.head is None:
            raise AssertionError("the body began before start_response was called")
        self.started = True
        head = self.head.encode("latin-1")
        self.link.send(_pack_header(len(head), channel.HEAD | self.request << 8) + head)

    def send(self, data):
        """Sends a piece of the body at once, however long the client takes for the one before."""
        if self.left >= 0:
            # More than was announced is not the client's to see.
            data = data[:self.left]
            self.left -= len(data)
            if self._ended:
                return
        begin = b""
        if not self.started:
            if self.head is None:
                raise AssertionError("the body began before start_response was called")
            self.started = True
            head = self.head.encode("latin-1")
            begin = _pack_header(len(head), channel.HEAD | self.request << 8) + head
        size = len(data)
        if size <= self.credit and size <= channel.LONGEST_DATA:
            self.credit -= size
            self.sent += size
            self.link.send(begin + (_pack_header(size, channel.DATA | self.request << 8) + data if size else b""))
            return
        if begin:
            self.link.send(begin)
        at = 0
        view = memoryview(data)
        while at < size:
            while self.credit <= 0:
                self.await_frame()
            piece = view[at:at + min(self.credit, channel.LONGEST_DATA)]
            self.credit -= len(piece)
            self.sent += len(piece)
            at += len(piece)
            self.link.send(_pack_header(len(piece), channel.DATA | self.request << 8) + bytes(piece))

    def finish(self):
        if not self.started:
            if self.head is None:
                raise AssertionError("the application returned without having called start_response")
            self.respond_whole(b"", self.link.answer)
            return
        if self._ended:
            return
        self.link.answer(_pack_header(0, channel.END | self.request << 8))

    def interim(self, status, headers):
        """An interim response such as 103 Early Hints."""
        lines = [status]
        for name, value in headers:
            check_name(name)
            lines.append(f"{name}: {check_value(name, value)}")
        lines.append("\r\n")
        self.link.send(channel.frame(channel.INTERIM, self.request, "\r\n".join(lines).encode("latin-1")))

    def pull(self, most):
        """A piece of the request body, and whether it was the last."""
        if self._ended:
            raise Gone("the request body is no longer there once the answer is complete")
        self.link.send(channel.frame(channel.READ, self.request, channel.number.pack(min(most, channel.LONGEST_DATA))))
        while True:
            kind, payload = self.await_frame()
            if kind == channel.BODY:
                return payload, False
            if kind == channel.BODY_END:
                return payload, True
            if kind == channel.BODY_BROKEN:
                self._gone = True
                raise Gone("the client was gone before the request body was complete")

    def await_frame(self):
        """The next frame for this request; credit is counted on the way."""
        while True:
            kind, payload = self.link.receive(self.request)
            if kind == channel.CREDIT:
                self.credit += channel.number.unpack(payload)[0]
                return kind, payload
            if kind == channel.CANCEL:
                self._gone = True
                raise Gone("the client is gone")
            return kind, payload

    def fail(self, text):
        """Ends the answer of an application that did not: with an error page where nothing was sent yet."""
        if self._ended:
            return
        if self.started:
            self.link.answer(channel.frame(channel.BROKEN, self.request, text.encode("utf-8", "replace")[:2000]))
            return
        body = (
            "<html>\n  <head>\n    <title>Internal Server Error</title>\n  </head>\n"
            "  <body>\n    <h1>Internal Server Error</h1>\n  </body>\n</html>\n"
        ).encode()
        self.head = (
            "500 Internal Server Error\r\nConnection: close\r\nContent-Type: text/html\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.left = -1
        self.respond_whole(body, self.link.answer)

    def broken(self):
        """Ends a request whose client is gone."""
        if self._ended:
            return
        self.link.answer(channel.frame(channel.BROKEN, self.request, b"the client is gone"))


def check_name(name):
    if type(name) is not str:
        raise TypeError(f"the name of a header is {type(name).__name__}, it has to be str")
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a header")
    if len(_known_names) < MOST_KNOWN_NAMES:
        _known_names.add(name)


def check_value(name, value):
    if type(value) is not str:
        raise TypeError(f"the value of {name} is {type(value).__name__}, it has to be str")
    value = value.strip(" \t")
    if CONTROL.search(value):
        raise ValueError(f"the value of {name} holds a control character: {value!r}")
    value.encode("latin-1")
    return value


def content_length(value):
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"the Content-Length is {value!r}, it has to be a number")
    return int(value)


class Runner:
    """Runs requests of one worker."""

    def __init__(self, application, worker):
        self.application = application
        self.worker = worker
        self.hooks = worker.hooks
        self.environ = {"wsgi.errors": sys.stderr, "wsgi.file_wrapper": FileWrapper}
        self.before = self.hooks.request_starts
        self.after = self.hooks.request_ends

    def run(self, link, request, payload):
        """From a REQUEST frame to the end of its answer. Never raises what the application raised."""
        environ, body, flags = marshal.loads(payload)
        call = Call(link, request)
        environ.update(self.environ)
        if flags:
            if flags & channel.MORE_BODY:
                environ["wsgi.input"] = io.BufferedReader(Pulled(call, body), 65536)
            else:
                environ["wsgi.input"] = io.BytesIO(body)
            if flags & channel.UPGRADE:
                self.worker.offer_socket(call, environ)
        else:
            environ["wsgi.input"] = io.BytesIO(body)
        call.environ = environ
        result = None
        try:
            if self.before:
                self.before(call)
            try:
                result = self.application(environ, call.start_response)
                if call.tunnel is None or not call.tunnel.is_used:
                    call.respond(result)
            finally:
                if hasattr(result, "close"):
                    result.close()
        except channel.Closed:
            raise
        except Gone:
            call.broken()
        except SystemExit:
            call.fail("the application ended the worker")
            raise
        except BaseException as problem:
            if call.tunnel is not None and call.tunnel.is_used:
                # The client has its answer; libraries leave the application with an exception of their own.
                if not isinstance(problem, (StopIteration, ConnectionError)):
                    logs.error.exception("Error in a connection of %s", environ.get("RAW_URI", ""))
            elif call._gone:
                call.broken()
            else:
                self.failed(call, environ, problem)
        finally:
            if call.tunnel is not None:
                call.tunnel.finish()
                if call.tunnel.is_used:
                    link.answer(channel.frame(channel.END, request))
            if self.after:
                self.after(call)

    def failed(self, call, environ, problem):
        logs.error.exception("Error handling request %s", environ.get("RAW_URI", ""))
        call.fail(f"{type(problem).__name__}: {problem}")
        if isinstance(problem, KeyboardInterrupt):
            raise problem
