"""One WebSocket as an ASGI application sees it: messages over a connection of its own, which traffic passes on."""

import asyncio

from fairlead_worker import asgi_head, asgi_http, channel, logs, websocket, wsgi

PING_SECONDS = 20
MOST_UNHEARD = 2  # pings that may stay without any sign of the client
CLOSE_SECONDS = 10
# Messages that wait for the application: beyond this the client is not read.
MOST_WAITING = 64
MOST_WAITING_BYTES = 1 << 20
# What an answer in place of the handshake can be; goes into every scope.
EXTENSIONS = ("websocket.http.response",)

CONNECTING, OPEN, CLOSING, CLOSED, REFUSING, REFUSED = "connecting", "open", "closing", "closed", "refusing", "refused"


class Disconnected(OSError):
    """The client is gone; said to applications that still talk to it."""


class Socket(asyncio.Protocol):
    """States: connecting → open → closing → closed, or connecting → refusing → refused.

    While it is closing, the last frame has been said and the client's is waited for.
    """

    def __init__(self, door, request, scope):
        self.door = door
        self.request = request
        self.scope = scope
        self.task = None
        self.transport = None
        self.state = CONNECTING
        self.is_gone = False  # whether the application has been told of the end, or will be next
        self.parser = websocket.Parser()
        self.events = asyncio.Queue()
        self.events.put_nowait({"type": "websocket.connect"})
        self.waiting_bytes = 0
        self.is_reading = True
        self.may_write = asyncio.Event()
        self.may_write.set()
        self.closed = asyncio.Event()
        self.refusal = None
        self.ping = None
        self.unheard = 0

    # What traffic says.

    def frame(self, kind, payload):
        if self.refusal is not None:
            self.refusal.frame(kind, payload)
        if kind == channel.CANCEL and self.state in (CONNECTING, REFUSING):
            self.lost(websocket.ABNORMAL)

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.unheard = 0
        self._parse(data)
        if self.is_reading and self._is_full():
            self.is_reading = False
            self.transport.pause_reading()

    def _parse(self, data):
        if self.state not in (OPEN, CLOSING):
            return
        try:
            self.parser.feed(data, self.event)
        except websocket.Broken as problem:
            self.lost(problem.code, problem.reason)
            self.end(problem.code, problem.reason)
            self.half_close()

    def _is_full(self):
        return self.events.qsize() >= MOST_WAITING or self.waiting_bytes >= MOST_WAITING_BYTES

    def event(self, kind, payload):
        """False if nothing more is to be parsed for now."""
        if self.state != OPEN:
            if kind == websocket.CLOSE:
                self.half_close()
            return self.state == CLOSING
        if kind == websocket.TEXT:
            self.waiting_bytes += len(payload)
            self.events.put_nowait({"type": "websocket.receive", "text": payload})
        elif kind == websocket.BINARY:
            self.waiting_bytes += len(payload)
            self.events.put_nowait({"type": "websocket.receive", "bytes": payload})
        elif kind == websocket.PING:
            self.say(websocket.frame(websocket.PONG, payload))
        elif kind == websocket.CLOSE:
            code, reason = payload
            self.lost(code, reason)
            self.end(code)
            self.half_close()
            return False
        return not self._is_full()

    def eof_received(self):
        self.lost(websocket.ABNORMAL)
        return False

    def connection_lost(self, problem):
        self.lost(websocket.ABNORMAL)
        self.state = CLOSED
        self.may_write.set()
        self.closed.set()

    def pause_writing(self):
        self.may_write.clear()

    def resume_writing(self):
        self.may_write.set()

    def lost(self, code, reason=""):
        """The application learns of the end, once."""
        if not self.is_gone:
            self.is_gone = True
            self.events.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    def end(self, code, reason=""):
        """Says the last frame of an open connection. What the client says from now on is read only for its own."""
        if self.state == OPEN:
            self.state = CLOSING
            self.say(websocket.close_frame(code, reason))
            self._read_on()
        self.lost(code, reason)

    def end_first(self, code, reason=""):
        """As `end`, where the client's last frame may be among what has not been looked at."""
        self.end(code, reason)
        self._parse(b"")

    def half_close(self):
        """Both sides have said their last frame: closing is this side's to begin."""
        self.state = CLOSED
        if not self.transport.is_closing():
            self.transport.write_eof()

    def _read_on(self):
        if not self.is_reading:
            self.is_reading = True
            self.transport.resume_reading()

    def say(self, data):
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def keep_alive(self):
        if self.state != OPEN:
            return
        if self.unheard >= MOST_UNHEARD:
            # It does not answer, so it would not read a farewell either.
            self.lost(websocket.ABNORMAL, "keepalive ping timeout")
            self.transport.abort()
            return
        self.unheard += self.is_reading
        self.say(websocket.frame(websocket.PING, b""))
        self.ping = asyncio.get_running_loop().call_later(PING_SECONDS, self.keep_alive)

    def is_sound(self):
        """Whether the handshake can be answered at all; else it has been refused."""
        found = websocket.refusal(self.scope["headers"])
        if found is not None:
            self.refuse(*found)
        return found is None

    # What the application calls.

    async def receive(self):
        event = await self.events.get()
        if self.state == OPEN:
            content = event.get("text") or event.get("bytes")
            if content:
                self.waiting_bytes -= len(content)
            if not self.is_reading and not self._is_full():
                self._parse(b"")
                if not self._is_full():
                    self._read_on()
        elif self.is_gone and self.events.empty() and event["type"] == "websocket.disconnect":
            # Whoever asks again gets the same answer.
            self.events.put_nowait(event)
        return event

    async def send(self, message):
        kind = message["type"]
        if kind == "websocket.send" and self.state == OPEN:
            await self._send(message)
        elif self.is_gone and kind != "websocket.close":
            raise Disconnected("the client is gone")
        elif kind == "websocket.accept" and self.state == CONNECTING:
            await self._accept(message)
        elif kind == "websocket.close":
            self.close(message.get("code") or websocket.NORMAL, message.get("reason") or "")
        elif kind == "websocket.http.response.start" and self.state == CONNECTING:
            self.refusal = asgi_http.Cycle(self.door, self.request, self.scope, b"", False)
            self.refusal.start(message)
            self.state = REFUSING
        elif kind == "websocket.http.response.body" and self.state == REFUSING:
            await self.refusal.say_body(message)
            if self.refusal.is_complete:
                self.lost(websocket.ABNORMAL)
        else:
            raise RuntimeError(f"{kind} is not expected here")

    async def _send(self, message):
        text = message.get("text")
        if text is not None:
            self.say(websocket.frame(websocket.TEXT, text.encode()))
        else:
            self.say(websocket.frame(websocket.BINARY, bytes(message["bytes"])))
        await self.may_write.wait()

    async def _accept(self, message):
        key = dict(self.scope["headers"])[b"sec-websocket-key"]
        lines = [
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ",
            websocket.accept_key(key).encode(),
            b"\r\n",
        ]
        if message.get("subprotocol"):
            protocol = wsgi.check_value("Sec-WebSocket-Protocol", message["subprotocol"])
            lines.append(f"Sec-WebSocket-Protocol: {protocol}\r\n".encode("latin-1"))
        lines += [asgi_head.line(name, value)[0] for name, value in message.get("headers") or ()]
        lines.append(b"\r\n")
        loop = asyncio.get_running_loop()
        connection = channel.connect(self.door.address)
        connection.setblocking(False)
        await loop.create_unix_connection(lambda: self, sock=connection)
        if self.is_gone:
            self.transport.abort()
            raise Disconnected("the client is gone")
        lines.insert(0, channel.frame(channel.TUNNEL, self.request, self.door.server.token.encode()))
        self.transport.write(b"".join(lines))
        self.state = OPEN
        self.ping = loop.call_later(PING_SECONDS, self.keep_alive)

    def close(self, code, reason):
        if self.state == CONNECTING:
            self.refuse(403)
        elif self.state == OPEN:
            self.end_first(code, reason)

    # How it ends.

    def refuse(self, status, text=b"", headers=()):
        """Answers in place of the handshake."""
        self.state = REFUSED
        self.door.cycles.pop(self.request, None)
        if self.is_gone:
            self.door.send(channel.frame(channel.END, self.request))
        else:
            self.door.send(asgi_head.plain(self.request, status, text, headers))
        self.lost(websocket.ABNORMAL)

    def restart(self):
        """The worker ends."""
        if self.state == OPEN:
            self.end_first(websocket.RESTART)
        elif self.state == CONNECTING:
            self.lost(websocket.RESTART)

    async def finish(self, has_failed):
        """Behind the application: says the end of the request once the client has all of it."""
        if self.ping is not None:
            self.ping.cancel()
        if self.state == REFUSED:
            return
        if self.state == REFUSING:
            self.refusal.fail("the application ended within its answer")
            return
        if self.state == CONNECTING:
            if not has_failed and not self.is_gone:
                logs.error.error("ASGI callable returned without sending handshake.")
            self.refuse(500, b"Internal Server Error")
            return
        self.end_first(websocket.FAILED if has_failed else websocket.NORMAL)
        try:
            await asyncio.wait_for(self.closed.wait(), CLOSE_SECONDS)
        except asyncio.TimeoutError:
            self.transport.abort()
        self.door.cycles.pop(self.request, None)
        self.door.send(channel.frame(channel.END, self.request))
