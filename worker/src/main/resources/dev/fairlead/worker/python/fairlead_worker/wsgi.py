"""Runs a WSGI application (PEP 3333) for one request after another. How frames are waited for is up to the kind."""

import io
import marshal
import os
import re
import stat
import sys
import time

from fairlead_worker import channel, logs

NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
STATUS = re.compile(r"[2-9][0-9][0-9](?: [\t\x20-\x7e\x80-\xff]*)?")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# What belongs to the connection is not the application's to say; gunicorn drops it silently as well.
HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization te trailers transfer-encoding upgrade".split()
)
WITHOUT_BODY = ("204", "304")
IDEMPOTENT = frozenset("GET HEAD PUT DELETE OPTIONS TRACE".split())
# Names and statuses that were looked at once are remembered, up to so many.
MOST_KNOWN = 1024
# Variables that no two requests share.
OWN = ("REQUEST_METHOD", "RAW_URI", "QUERY_STRING", "PATH_INFO", "wsgi.early_hints", "wsgi.input")
# What a header field means to this side.
PLAIN, DROPPED, LENGTH = range(3)
SMALL_FILE = 64 * 1024
# Seconds between two looks whether the client of an answer that comes in pieces has left.
LOOK_EVERY = 0.05

_known_names = {}  # what they mean
_known_statuses = {}  # as they begin a head
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
        self.ended = False

    def readable(self):
        return True

    def readall(self):
        pieces = [bytes(self._here)]
        self._here = memoryview(b"")
        while not self.ended:
            data, self.ended = self._call.pull(channel.LONGEST_DATA)
            pieces.append(data)
        return b"".join(pieces)

    def readinto(self, into):
        if not self._here and not self.ended:
            data, self.ended = self._call.pull(max(len(into), 16384))
            self._here = memoryview(data)
        size = min(len(into), len(self._here))
        into[:size] = self._here[:size]
        self._here = self._here[size:]
        return size


class Call:
    """One request and what the application answers."""

    __slots__ = (
        "link", "request", "head", "started", "ended", "left", "credit", "sent", "status", "headers", "tunnel", "is_gone",
        "looked",
    )

    def __init__(self, link, request):
        self.link = link
        self.request = request
        self.head = None  # the head as text, once the application has said it
        self.started = False  # whether the head has been sent
        self.ended = False  # whether the end has been sent
        self.left = -1  # bytes of the announced length still to be sent; -1 without one
        self.credit = channel.FIRST_CREDIT
        self.sent = 0
        self.status = ""
        self.headers = ()
        self.tunnel = None  # the connection of its own, where it asked to change the protocol
        self.is_gone = False
        self.looked = 0.0

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
            status = native("the status", status)
        line = _known_statuses.get(status)
        lines = [line or check_status(status)]
        left = -1
        known = _known_names
        for name, value in headers:
            meaning = known.get(name)
            if meaning is None:
                name = native("the name of a header", name)
                meaning = check_name(name)
            if type(value) is not str:
                value = native("the value of " + name, value)
            if not (value.isascii() and value.isprintable()):
                value = check_value(name, value)
            if meaning:
                if meaning == DROPPED:
                    continue
                length = content_length(value)
                if left >= 0:
                    if left != length:
                        raise ValueError("there are two different values of Content-Length")
                    continue
                left = length
            lines.append(f"{name}: {value}")
        self.left = left
        lines.append("\r\n")
        self.status = status
        self.headers = headers
        self.head = "\r\n".join(lines)
        return self.write

    def write(self, data):
        if not isinstance(data, bytes):
            raise TypeError(f"write() got {type(data).__name__}, it has to be bytes")
        self.send(data)

    def hint(self, headers):
        """`wsgi.early_hints`: 103 Early Hints, as long as the answer has not begun."""
        if not self.started:
            self.interim("103 Early Hints", headers)

    # What this side does with it.

    def respond(self, result):
        """Sends what the application returned: whole if it is at hand, else piece by piece as it comes."""
        if not self.started:
            if type(result) in (list, tuple) and self.head is not None:
                if len(result) == 1:
                    whole = result[0]
                    if type(whole) is bytes and len(whole) <= channel.LONGEST_DATA:
                        self.respond_whole(whole, self.link.answer)
                        return
                elif sum(map(len, result)) <= channel.LONGEST_DATA:
                    for data in result:
                        if not isinstance(data, bytes):
                            raise TypeError(f"the answer's body holds {type(data).__name__}, it has to be bytes")
                    self.respond_whole(b"".join(result), self.link.answer)
                    return
                self.announce(sum(map(len, result)))
            if type(result) is FileWrapper and self.respond_file(result):
                return
        for data in result:
            if data:
                if not isinstance(data, bytes):
                    raise TypeError(f"the answer's body holds {type(data).__name__}, it has to be bytes")
                if not self.started and len(data) == self.left <= channel.LONGEST_DATA:
                    # What the application does after its last byte is nothing the client waits for.
                    self.respond_whole(data, self.link.answer_early)
                    self.left = 0
                else:
                    self.send(data)
        if not self.ended:
            self.finish()

    def announce(self, length):
        """Says how long the body will be, where the application has not."""
        if self.left < 0 and length and not self.head.startswith(WITHOUT_BODY):
            self.left = length
            self.head = f"{self.head[:-2]}Content-Length: {length}\r\n\r\n"

    def announced(self):
        """The length of the body as the answer's fields say it; None if they do not."""
        for name, value in self.headers:
            if name.lower() == "content-length":
                return int(value)
        return None

    def respond_whole(self, body, answer):
        if 0 <= self.left < len(body):
            body = body[:self.left]
        head = self.head.encode("latin-1")
        self.started = self.ended = True
        self.sent += len(body)
        answer(
            _pack_response(len(head) + len(body) + 4, channel.RESPONSE | self.request << 8, len(head)) + head + body
        )

    def respond_file(self, wrapper):
        """Has traffic send an open file itself, if it is large; False if it is none, or cannot be opened there."""
        file = wrapper.filelike
        if self.head is None or not is_plain(file):
            return False
        try:
            descriptor = file.fileno()
            facts = os.fstat(descriptor)
            offset = file.tell()
        except (AttributeError, OSError, ValueError):
            return False
        if not stat.S_ISREG(facts.st_mode):
            return False
        size = max(0, facts.st_size - offset)
        self.announce(size)
        if self.left >= 0:
            size = min(size, self.left)
        if size < SMALL_FILE:
            whole = file.read(size)
            if not isinstance(whole, bytes):
                raise TypeError(f"the file holds {type(whole).__name__}, it has to be bytes")
            self.respond_whole(whole, self.link.answer)
            return True
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
        head = self.encoded_head()
        self.started = True
        self.link.send(_pack_header(len(head), channel.HEAD | self.request << 8) + head)

    def encoded_head(self):
        if self.head is None:
            raise AssertionError("the body began before start_response was called")
        return self.head.encode("latin-1")

    def send(self, data):
        """Sends a piece of the body at once, however long the client takes for the one before."""
        if self.left >= 0:
            # More than was announced is not the client's to see.
            data = data[:self.left]
            self.left -= len(data)
            if self.ended:
                return
        begin = b""
        if not self.started:
            head = self.encoded_head()
            begin = _pack_header(len(head), channel.HEAD | self.request << 8) + head
            self.started = True
            self.looked = time.monotonic()
        elif time.monotonic() - self.looked > LOOK_EVERY:
            self.look()
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
        if self.ended:
            return
        self.finish_frames()

    def finish_frames(self):
        self.ended = True
        self.link.answer(_pack_header(0, channel.END | self.request << 8))

    def interim(self, status, headers):
        """An interim response such as 103 Early Hints."""
        lines = [status]
        for name, value in headers:
            name = native("the name of a header", name)
            check_name(name)
            lines.append(f"{name}: {check_value(name, native('the value of ' + name, value))}")
        lines.append("\r\n")
        self.link.send(channel.frame(channel.INTERIM, self.request, "\r\n".join(lines).encode("latin-1")))

    def pull(self, most):
        """A piece of the request body, and whether it was the last."""
        if self.ended:
            raise Gone("the request body is no longer there once the answer is complete")
        if self.is_gone:
            raise Gone("the client was gone before the request body was complete")
        self.link.send(channel.frame(channel.READ, self.request, channel.number.pack(min(most, channel.LONGEST_DATA))))
        while True:
            kind, payload = self.await_frame()
            if kind == channel.BODY:
                return payload, False
            if kind == channel.BODY_END:
                return payload, True
            if kind == channel.BODY_BROKEN:
                self.is_gone = True
                raise Gone("the client was gone before the request body was complete")

    def look(self):
        """Takes note of what traffic has said meanwhile, without waiting for it: above all that the client has left."""
        self.looked = time.monotonic()
        while True:
            frame = self.link.at_hand(self.request)
            if frame is None:
                break
            self.note(*frame)
        if self.is_gone:
            raise Gone("the client is gone")

    def await_frame(self):
        """The next frame for this request; credit is counted on the way."""
        if self.is_gone:
            # An application that does not mind would wait here for ever.
            raise Gone("the client is gone")
        kind, payload = self.link.receive(self.request)
        self.note(kind, payload)
        return kind, payload

    def note(self, kind, payload):
        if kind == channel.CREDIT:
            self.credit += channel.number.unpack(payload)[0]
        elif kind == channel.CANCEL:
            self.is_gone = True
            raise Gone("the client is gone")

    def fail(self, text):
        """Ends the answer of an application that did not: with an error page where nothing was sent yet."""
        if self.ended:
            return
        if self.started:
            self.ended = True
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
        self.status = "500 Internal Server Error"
        self.respond_whole(body, self.link.answer)

    def broken(self):
        """Ends a request whose client is gone."""
        if self.ended:
            return
        self.ended = True
        self.link.answer(channel.frame(channel.BROKEN, self.request, b"the client is gone"))


class WatchedCall(Call):
    """One that hooks are told of."""

    __slots__ = ("environ", "begun", "stand")

    def __init__(self, link, request):
        super().__init__(link, request)
        self.environ = None
        self.begun = 0.0  # when, for the log of requests
        self.stand = None  # the request as hooks see it


def native(what, text):
    """A text as plain str: frameworks give headers of types of their own that are derived from it."""
    if isinstance(text, str):
        return str.__str__(text)
    raise TypeError(f"{what} is {type(text).__name__}, it has to be str")


def check_status(status):
    """The first line of the head."""
    if not STATUS.fullmatch(status):
        raise ValueError(f"the status is {status!r}, it has to be like '200 OK'")
    line = status if len(status) > 3 else status + " "
    if len(_known_statuses) < MOST_KNOWN:
        _known_statuses[status] = line
    return line


def check_name(name):
    """What a field of this name means."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a header")
    lower = name.lower()
    meaning = LENGTH if lower == "content-length" else DROPPED if lower in HOP_BY_HOP else PLAIN
    if len(_known_names) < MOST_KNOWN:
        _known_names[name] = meaning
    return meaning


def check_value(name, value):
    value = value.strip(" \t")
    if CONTROL.search(value):
        raise ValueError(f"the value of {name} holds a control character: {value!r}")
    value.encode("latin-1")
    return value


def content_length(value):
    value = value.strip(" \t")
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"the Content-Length is {value!r}, it has to be a number")
    return int(value)


def is_plain(file):
    """Whether what is read from a file is what is in it: one that decompresses has a descriptor just as well."""
    if isinstance(file, io.IOBase):
        return isinstance(getattr(file, "raw", file), io.FileIO)
    return True


class Runner:
    """Runs requests of one worker."""

    def __init__(self, application, worker):
        self.application = application
        self.worker = worker
        self.hooks = worker.hooks
        # What is the same in all requests.
        self.environ = {
            "wsgi.version": (1, 0),
            "wsgi.multithread": worker.settings.text("kind") in ("gthread", "gevent", "eventlet"),
            "wsgi.multiprocess": worker.settings.flag("multiprocess"),
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.file_wrapper": FileWrapper,
            # Room for what each request has of its own.
            **dict.fromkeys(OWN),
        }
        self.before = self.hooks.request_starts
        self.after = self.hooks.request_ends
        self.is_watched = bool(self.before or self.after)
        self.call = WatchedCall if self.is_watched else Call

    def read(self, told, payload):
        """What a REQUEST frame says: environ, body and flags. To be called in the order the frames come in.

        :param told: the connection's variables that came before, by their places
        """
        own, place, common, body, flags = marshal.loads(payload)
        if common is None:
            environ = told[place].copy()
        else:
            common.update(self.environ)
            environ = common
            if place >= 0:
                # Names that are the very object applications look for are found without being compared.
                told[place] = {sys.intern(name): value for name, value in common.items()}
        (
            environ["REQUEST_METHOD"], environ["RAW_URI"], environ["QUERY_STRING"], environ["PATH_INFO"], port,
        ) = own
        if port is not None:
            environ["REMOTE_PORT"] = port
        return environ, body, flags

    def run(self, link, request, arrived):
        """From what a REQUEST frame says to the end of its answer. Never raises what the application raised."""
        environ, body, flags = arrived
        call = self.call(link, request)
        environ["wsgi.early_hints"] = call.hint
        environ["wsgi.input"] = (
            io.BufferedReader(Pulled(call, body), 65536) if flags & channel.MORE_BODY else io.BytesIO(body)
        )
        if flags & channel.UPGRADE:
            self.worker.offer_socket(call, environ)
        is_idempotent = environ["REQUEST_METHOD"] in IDEMPOTENT
        if not is_idempotent:
            # If it ends the worker, traffic has to see that those before it had not.
            link.flush()
        if self.is_watched:
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
        except (SystemExit, KeyboardInterrupt):
            call.fail("the application ended the worker")
            link.flush()
            raise
        except BaseException as problem:
            self.failed(call, environ, problem)
        finally:
            if call.tunnel is not None:
                self.part(call)
            if self.after:
                self.finish(call)
            if not is_idempotent:
                link.flush()

    def failed(self, call, environ, problem):
        name = environ.get("RAW_URI", "")
        if call.tunnel is not None and call.tunnel.is_used:
            # The client has its answer; libraries leave the application with an exception of their own.
            if not isinstance(problem, (StopIteration, ConnectionError)):
                logs.error.exception("Error in a connection of %s", name)
        elif call.is_gone:
            call.broken()
        else:
            logs.error.exception("Error handling request %s", name)
            call.fail(f"{type(problem).__name__}: {problem}")

    def part(self, call):
        """Ends a request that may have gone on over a connection of its own."""
        call.tunnel.finish()
        if call.tunnel.is_used and not call.ended:
            call.finish_frames()

    def finish(self, call):
        try:
            self.after(call)
        except Exception:
            logs.error.exception("Exception in post_request hook")
        call.environ = None
