"""One HTTP request as an ASGI application sees it: `receive` and `send`, over frames."""

import asyncio
import os
import stat

from fairlead_worker import asgi_head, channel

# What an answer can do besides being sent in pieces; goes into every scope.
EXTENSIONS = ("http.response.pathsend", "http.response.early_hint")
PIECE = 64 * 1024
SMALL_FILE = 64 * 1024

_pack_header = channel.header.pack


class Cycle:
    """One request and its answer."""

    __slots__ = (
        "door", "request", "scope", "body", "has_more", "pieces", "credit", "head", "left", "task", "is_body_told",
        "is_asked", "is_gone", "is_started", "is_complete", "file_answer", "status", "_changed",
    )

    def __init__(self, door, request, scope, body, has_more):
        self.door = door
        self.request = request
        self.scope = scope
        self.body = body  # what came with the request
        self.has_more = has_more
        self.pieces = []  # what came since, as (bytes, whether it is the last)
        self.credit = channel.FIRST_CREDIT
        self.head = None  # as bytes, once the application has said it
        self.left = -1  # bytes of the announced length still to come; -1 where none or no body was announced
        self.task = None
        self.is_body_told = False
        self.is_asked = False  # whether a piece of the body is on its way
        self.is_gone = False
        self.is_started = False
        self.is_complete = False
        self.file_answer = None
        self.status = 500  # what the application has said, or will be said for it
        self._changed = None

    # What traffic says.

    def frame(self, kind, payload):
        if kind == channel.CREDIT:
            self.credit += channel.number.unpack(payload)[0]
        elif kind == channel.BODY:
            self.is_asked = False
            self.pieces.append((payload, False))
        elif kind == channel.BODY_END:
            self.is_asked = False
            self.pieces.append((payload, True))
        elif kind in (channel.FILE_TAKEN, channel.FILE_REFUSED):
            self.file_answer = kind
        else:
            # CANCEL, or a body that will not be complete.
            self.is_gone = True
        self.wake()

    def wake(self):
        if self._changed is not None:
            self._changed.set()

    async def _change(self):
        if self._changed is None:
            self._changed = asyncio.Event()
        self._changed.clear()
        await self._changed.wait()

    # What the application calls.

    async def receive(self):
        if not self.is_complete and not self.is_body_told and (self.body or not self.has_more):
            body, self.body = self.body, b""
            self.is_body_told = not self.has_more
            return {"type": "http.request", "body": body, "more_body": self.has_more}
        while self.has_more and not self.is_gone and not self.is_complete:
            if self.pieces:
                data, is_last = self.pieces.pop(0)
                self.has_more = not is_last
                self.is_body_told = is_last
                return {"type": "http.request", "body": data, "more_body": self.has_more}
            # One answer is as good as another: whoever gave up waiting for his leaves it to the next.
            if not self.is_asked:
                self.is_asked = True
                self.door.send(channel.frame(channel.READ, self.request, channel.number.pack(PIECE)))
            await self._change()
            if not self.has_more and not self.is_gone and not self.is_complete:
                # Somebody else got the last piece; that was the end for whoever waited for one.
                return {"type": "http.request", "body": b"", "more_body": False}
        while not self.is_gone and not self.is_complete:
            await self._change()
        return {"type": "http.disconnect"}

    async def send(self, message):
        kind = message["type"]
        if self.is_gone:
            await self._say_to_nobody(kind, message)
        elif kind == "http.response.start" and self.head is None:
            self.start(message)
            self.door.begun(self)
        elif kind == "http.response.body" and self.head is not None and not self.is_complete:
            await self.say_body(message)
        elif kind == "http.response.pathsend" and self.head is not None and not self.is_started:
            await self._say_file(message["path"])
        elif kind == "http.response.early_hint" and self.head is None:
            self._hint(message["links"])
        elif self.is_complete:
            raise RuntimeError(f"{kind} behind the end of the answer")
        else:
            raise RuntimeError(f"{kind} is not expected here")

    async def _say_to_nobody(self, kind, message):
        """The client is gone: like other servers, this one lets the application talk on. Others get their turn."""
        is_last = kind == "http.response.body" and not message.get("more_body", False)
        if is_last or kind == "http.response.pathsend":
            self.end_unheard()
        await asyncio.sleep(0)

    def start(self, message):
        if message.get("trailers"):
            raise RuntimeError("trailers are not offered here")
        status = message["status"]
        head, left = asgi_head.encode(status, message.get("headers", ()))
        self.left = -1 if self.scope.get("method") == "HEAD" or status in (204, 304) else left
        self.status = status
        self.head = head

    def say_head(self):
        """The head alone, where the body keeps the client waiting."""
        if not self.is_started and not self.is_complete and not self.is_gone:
            self.is_started = True
            self.door.send(channel.frame(channel.HEAD, self.request, self.head))

    async def say_body(self, message):
        data = message.get("body", b"")
        has_more = message.get("more_body", False)
        if type(data) is not bytes:
            data = as_bytes(data)
        size = len(data)
        if self.left >= 0:
            self._count(size, has_more)
        if not self.is_started:
            self.is_started = True
            if not has_more and size <= channel.LONGEST_DATA:
                self.finish(asgi_head.whole(self.request, self.head, data))
                return
            self.door.send(channel.frame(channel.HEAD, self.request, self.head))
        if size:
            if size <= self.credit and size <= channel.LONGEST_DATA:
                self.credit -= size
                self.door.send(_pack_header(size, channel.DATA | self.request << 8) + data)
            else:
                await self._say_pieces(data)
        if self.is_gone:
            if not has_more:
                self.end_unheard()
        elif not has_more:
            self.finish(_pack_header(0, channel.END | self.request << 8))

    def _count(self, size, has_more):
        if size > self.left:
            raise RuntimeError("the body of the answer is longer than its Content-Length")
        self.left -= size
        if self.left and not has_more:
            raise RuntimeError("the body of the answer is shorter than its Content-Length")

    async def _say_pieces(self, data):
        at = 0
        size = len(data)
        while at < size:
            while self.credit <= 0 and not self.is_gone:
                await self._change()
            if self.is_gone:
                return
            piece = data[at:at + min(self.credit, channel.LONGEST_DATA)]
            self.credit -= len(piece)
            at += len(piece)
            self.door.send(channel.frame(channel.DATA, self.request, piece))

    async def _say_file(self, path):
        """A file as the whole body; traffic sends it itself where it can."""
        with open(path, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise RuntimeError(f"{path} is not a file")
            size = facts.st_size
            if self.scope.get("method") == "HEAD":
                self.is_started = True
                self.finish(asgi_head.whole(self.request, self.head, b""))
                return
            if self.left >= 0 and self.left != size:
                raise RuntimeError(f"{path} is {size} bytes long, its Content-Length says {self.left}")
            if size > SMALL_FILE:
                self.say_head()
                payload = channel.file_payload.pack(file.fileno(), 0, size)
                self.door.send(channel.frame(channel.FILE, self.request, payload))
                while self.file_answer is None and not self.is_gone:
                    await self._change()
                if self.file_answer == channel.FILE_TAKEN or self.is_gone:
                    self.finish(_pack_header(0, channel.END | self.request << 8))
                    return
            while True:
                data = file.read(channel.LONGEST_DATA)
                size -= len(data)
                more = size > 0 and bool(data) and not self.is_gone
                await self.send({"type": "http.response.body", "body": data, "more_body": more})
                if not more:
                    return

    def _hint(self, links):
        lines = [b"103 Early Hints\r\n"]
        for link in links:
            lines.append(asgi_head.line(b"link", link)[0])
        lines.append(b"\r\n")
        self.door.send(channel.frame(channel.INTERIM, self.request, b"".join(lines)))

    # How it ends.

    def finish(self, data):
        self.is_complete = True
        self.door.cycles.pop(self.request, None)
        self.door.send(data)
        self.wake()

    def end_unheard(self):
        if not self.is_complete:
            self.finish(_pack_header(0, channel.END | self.request << 8))

    def fail(self, text):
        """Ends an answer that the application has not ended: with an error page where nothing was sent yet."""
        if self.is_complete:
            return
        if self.is_gone:
            self.end_unheard()
        elif self.is_started:
            self.finish(channel.frame(channel.BROKEN, self.request, text.encode("utf-8", "replace")[:2000]))
        else:
            self.finish(asgi_head.plain(self.request, 500, b"Internal Server Error"))


def as_bytes(data):
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"the body is {type(data).__name__}, it has to be bytes")
    return bytes(data)
