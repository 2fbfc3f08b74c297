"""ASGI applications on one asyncio loop: many requests at a time, WebSockets, and a life before and after them."""

import asyncio
import inspect
import marshal
import signal

from fairlead_worker import channel, logs, websocket, wsgi

PREFETCH = 0
PING_SECONDS = 20
CLOSE_SECONDS = 10
HIGH_WATER = 256 * 1024


class Door(asyncio.Protocol):
    """A connection to one event loop of traffic."""

    def __init__(self, server, address):
        self.server = server
        self.address = address
        self.cycles = {}
        self.transport = None
        self._frames = channel.Door(address, connection=object())

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        for kind, request, payload in self._frames.frames(data):
            if kind == channel.REQUEST:
                self.server.begin(self, request, payload)
            else:
                cycle = self.cycles.get(request)
                if cycle is not None:
                    cycle.frame(kind, payload)

    def connection_lost(self, problem):
        for cycle in list(self.cycles.values()):
            cycle.frame(channel.CANCEL, b"")
        self.server.ended.set()

    def send(self, data):
        if self.transport is not None:
            self.transport.write(data)


class Cycle:
    """One HTTP request."""

    def __init__(self, door, request, scope, body, flags):
        self.door = door
        self.request = request
        self.scope = scope
        self.body = body
        self.has_more = bool(flags & channel.MORE_BODY)
        self.is_body_told = False
        self.is_gone = False
        self.is_started = False
        self.is_complete = False
        self.head = None
        self.left = -1
        self.credit = channel.FIRST_CREDIT
        self.changed = asyncio.Event()
        self.pieces = []

    def frame(self, kind, payload):
        if kind == channel.CREDIT:
            self.credit += channel.number.unpack(payload)[0]
        elif kind == channel.BODY:
            self.pieces.append((payload, False))
        elif kind == channel.BODY_END:
            self.pieces.append((payload, True))
        else:
            # CANCEL, or a body that will not be complete.
            self.is_gone = True
        self.changed.set()

    async def _change(self):
        self.changed.clear()
        await self.changed.wait()

    async def receive(self):
        if not self.is_body_told and (self.body or not self.has_more):
            body, self.body = self.body, b""
            self.is_body_told = not self.has_more
            return {"type": "http.request", "body": body, "more_body": self.has_more}
        if self.has_more and not self.is_gone and not self.is_complete:
            self.door.send(channel.frame(channel.READ, self.request, channel.number.pack(65536)))
            while not self.pieces and not self.is_gone:
                await self._change()
            if self.pieces:
                data, is_last = self.pieces.pop(0)
                self.has_more = not is_last
                self.is_body_told = is_last
                return {"type": "http.request", "body": data, "more_body": self.has_more}
        while not self.is_gone and not self.is_complete:
            await self._change()
        return {"type": "http.disconnect"}

    async def send(self, message):
        kind = message["type"]
        if kind == "http.response.start" and self.head is None:
            self.head = head(message["status"], message.get("headers", ()), self)
        elif kind == "http.response.body" and self.head is not None and not self.is_complete:
            await self._body(message.get("body", b""), message.get("more_body", False))
        elif self.is_complete:
            if not self.is_gone:
                raise RuntimeError(f"{kind} behind the end of the answer")
        else:
            raise RuntimeError(f"{kind} is not expected here")

    async def _body(self, data, has_more):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"the body is {type(data).__name__}, it has to be bytes")
        data = bytes(data)
        if self.left >= 0:
            data = data[:self.left]
            self.left -= len(data)
        if not self.is_started and not has_more and len(data) <= channel.LONGEST_DATA:
            self.is_started = True
            self.finish(channel.response_header.pack(
                len(self.head) + len(data) + 4, channel.RESPONSE | self.request << 8, len(self.head)) + self.head + data)
            return
        if not self.is_started:
            self.is_started = True
            self.door.send(channel.frame(channel.HEAD, self.request, self.head))
        at = 0
        while at < len(data):
            while self.credit <= 0 and not self.is_gone:
                await self._change()
            if self.is_gone:
                break
            piece = data[at:at + min(self.credit, channel.LONGEST_DATA)]
            self.credit -= len(piece)
            at += len(piece)
            self.door.send(channel.frame(channel.DATA, self.request, piece))
        if not has_more:
            self.finish(channel.frame(channel.END, self.request))

    def finish(self, data):
        self.is_complete = True
        self.door.cycles.pop(self.request, None)
        self.door.send(data)
        self.changed.set()

    def fail(self, text):
        if self.is_complete:
            return
        if self.is_started or self.is_gone:
            self.finish(channel.frame(channel.BROKEN, self.request, text.encode("utf-8", "replace")[:2000]))
            return
        body = b"Internal Server Error"
        text = head(500, [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"21")], self)
        self.finish(channel.response_header.pack(
            len(text) + len(body) + 4, channel.RESPONSE | self.request << 8, len(text)) + text + body)


def head(status, headers, cycle):
    """The head as traffic takes it; refuses what would break it."""
    from http import HTTPStatus

    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = ""
    lines = [f"{status:d} {reason}"]
    cycle.left = -1
    for name, value in headers:
        text = bytes(value).decode("latin-1").strip(" \t")
        name = bytes(name).decode("latin-1")
        wsgi.check_name(name)
        text = wsgi.check_value(name, text)
        lower = name.lower()
        if lower in wsgi.HOP_BY_HOP:
            continue
        if lower == "content-length":
            cycle.left = wsgi.content_length(text)
        lines.append(f"{name}: {text}")
    lines.append("\r\n")
    return "\r\n".join(lines).encode("latin-1")


class Socket(asyncio.Protocol):
    """One WebSocket: the application's messages over a connection of its own."""

    def __init__(self, door, request, scope):
        self.door = door
        self.request = request
        self.scope = scope
        self.transport = None
        self.parser = websocket.Parser()
        self.events = asyncio.Queue()
        self.events.put_nowait({"type": "websocket.connect"})
        self.state = "connecting"
        self.is_gone = False
        self.may_write = asyncio.Event()
        self.may_write.set()
        self.closed = asyncio.Event()
        self.refusal = None
        self.ping = None
        self.waits = False

    # What traffic says.

    def frame(self, kind, payload):
        if kind == channel.CANCEL and self.state == "connecting":
            self.lost(websocket.ABNORMAL)

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        try:
            for kind, payload in self.parser.feed(data):
                self.event(kind, payload)
        except websocket.Broken as problem:
            self.say(websocket.close_frame(problem.code, problem.reason))
            self.lost(problem.code)
            self.transport.close()
        if self.events.qsize() > 64 and self.transport is not None:
            self.waits = True
            self.transport.pause_reading()

    def event(self, kind, payload):
        if kind == websocket.TEXT:
            self.events.put_nowait({"type": "websocket.receive", "text": payload})
        elif kind == websocket.BINARY:
            self.events.put_nowait({"type": "websocket.receive", "bytes": payload})
        elif kind == websocket.PING:
            self.say(websocket.frame(websocket.PONG, payload))
        elif kind == websocket.CLOSE:
            code, reason = payload
            if self.state == "open":
                self.state = "closed"
                self.say(websocket.close_frame(code))
            self.lost(code, reason)
            if self.transport is not None and self.transport.can_write_eof():
                self.transport.write_eof()

    def eof_received(self):
        self.lost(websocket.ABNORMAL)
        return False

    def connection_lost(self, problem):
        self.lost(websocket.ABNORMAL)
        self.may_write.set()
        self.closed.set()

    def pause_writing(self):
        self.may_write.clear()

    def resume_writing(self):
        self.may_write.set()

    def lost(self, code, reason=""):
        if not self.is_gone:
            self.is_gone = True
            self.events.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    def say(self, data):
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    # What the application says.

    async def receive(self):
        event = await self.events.get()
        if self.waits and self.events.qsize() < 16:
            self.waits = False
            self.transport.resume_reading()
        return event

    async def send(self, message):
        kind = message["type"]
        if kind == "websocket.accept" and self.state == "connecting":
            await self.accept(message)
        elif kind == "websocket.send" and self.state == "open":
            text = message.get("text")
            if text is not None:
                self.say(websocket.frame(websocket.TEXT, text.encode()))
            else:
                self.say(websocket.frame(websocket.BINARY, bytes(message["bytes"])))
            await self.may_write.wait()
        elif kind == "websocket.close":
            self.close(message)
        elif kind == "websocket.http.response.start" and self.state == "connecting":
            self.state = "refusing"
            self.refusal = Cycle(self.door, self.request, self.scope, b"", 0)
            self.refusal.head = head(message["status"], message.get("headers", ()), self.refusal)
        elif kind == "websocket.http.response.body" and self.state == "refusing":
            await self.refusal._body(message.get("body", b""), message.get("more_body", False))
        elif kind == "websocket.send" and self.state == "closed":
            pass
        else:
            raise RuntimeError(f"{kind} is not expected here")

    async def accept(self, message):
        loop = asyncio.get_running_loop()
        keys = [value for name, value in self.scope["headers"] if name == b"sec-websocket-key"]
        if len(keys) != 1:
            self.refuse(400)
            return
        await loop.create_unix_connection(lambda: self, sock=opened(self.door.address))
        self.transport.write(channel.frame(channel.TUNNEL, self.request, self.door.server.token.encode()))
        lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: " + websocket.accept_key(keys[0]),
        ]
        if message.get("subprotocol"):
            lines.append("Sec-WebSocket-Protocol: " + wsgi.check_value("subprotocol", message["subprotocol"]))
        for name, value in message.get("headers", ()):
            name = bytes(name).decode("latin-1")
            wsgi.check_name(name)
            lines.append(f"{name}: {wsgi.check_value(name, bytes(value).decode('latin-1'))}")
        self.transport.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        self.state = "open"
        self.ping = loop.call_later(PING_SECONDS, self.keep_alive)

    def keep_alive(self):
        if self.state == "open":
            self.say(websocket.frame(websocket.PING, b""))
            self.ping = asyncio.get_running_loop().call_later(PING_SECONDS, self.keep_alive)

    def close(self, message):
        if self.state == "connecting":
            self.refuse(403)
        elif self.state == "open":
            self.state = "closed"
            self.say(websocket.close_frame(message.get("code") or websocket.NORMAL, message.get("reason") or ""))
            if self.transport.can_write_eof():
                self.transport.write_eof()

    def refuse(self, status):
        self.state = "refused"
        text = head(status, [(b"content-length", b"0")], Cycle(self.door, self.request, self.scope, b"", 0))
        self.door.cycles.pop(self.request, None)
        self.door.send(channel.response_header.pack(len(text) + 4, channel.RESPONSE | self.request << 8, len(text)) + text)

    async def finish(self):
        """Behind the application: says the end of the request once the client has all of it."""
        if self.ping is not None:
            self.ping.cancel()
        if self.state in ("refused", "refusing"):
            if self.refusal is not None:
                self.refusal.fail("the application ended within its answer")
            return
        if self.state == "connecting":
            self.refuse(403 if self.is_gone else 500)
            return
        if self.state == "open":
            self.close({"code": 1000 if self.is_gone else 1011})
        try:
            await asyncio.wait_for(self.closed.wait(), CLOSE_SECONDS)
        except asyncio.TimeoutError:
            self.transport.abort()
        self.door.cycles.pop(self.request, None)
        self.door.send(channel.frame(channel.END, self.request))


class Lifespan:
    """The application's own start and end; one that does not know of them is let be."""

    def __init__(self, application):
        self.application = application
        self.state = {}
        self.events = asyncio.Queue()
        self.started = asyncio.Event()
        self.ended = asyncio.Event()
        self.problem = None
        self.is_supported = True
        self.task = None

    async def start(self):
        self.task = asyncio.ensure_future(self._run())
        await self.events.put({"type": "lifespan.startup"})
        await self.started.wait()
        if self.problem is not None:
            raise RuntimeError(f"the application did not start: {self.problem}")

    async def stop(self):
        if self.is_supported and not self.task.done():
            await self.events.put({"type": "lifespan.shutdown"})
            await self.ended.wait()

    async def _run(self):
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self.application(scope, self.events.get, self.send)
        except BaseException as problem:
            if not self.started.is_set() and self.problem is None:
                # It does not know the protocol.
                self.is_supported = False
                if not isinstance(problem, Exception):
                    self.problem = repr(problem)
            else:
                logs.error.exception("the application failed in its lifespan")
        finally:
            self.started.set()
            self.ended.set()

    async def send(self, message):
        kind = message["type"]
        if kind == "lifespan.startup.failed":
            self.problem = message.get("message", "") or "it said so"
            self.started.set()
        elif kind == "lifespan.startup.complete":
            self.started.set()
        elif kind in ("lifespan.shutdown.complete", "lifespan.shutdown.failed"):
            if kind.endswith("failed"):
                logs.error.error("the application failed to shut down: %s", message.get("message", ""))
            self.ended.set()


class Server:
    def __init__(self, worker, application):
        self.application = application
        self.worker = worker
        self.token = worker.token
        self.ended = None
        self.tasks = set()
        self.state = {}

    def begin(self, door, request, payload):
        scope, body, flags = marshal.loads(payload)
        scope["state"] = dict(self.state)
        if scope["type"] == "websocket":
            scope.setdefault("extensions", {})["websocket.http.response"] = {}
            cycle = Socket(door, request, scope)
            run = self.run_socket(cycle)
        else:
            cycle = Cycle(door, request, scope, body, flags)
            run = self.run(cycle)
        door.cycles[request] = cycle
        task = asyncio.ensure_future(run)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def run(self, cycle):
        try:
            await self.application(cycle.scope, cycle.receive, cycle.send)
            cycle.fail("the application ended without a complete answer")
        except BaseException as problem:
            if not cycle.is_gone:
                logs.error.exception("Exception in ASGI application")
            cycle.fail(f"{type(problem).__name__}: {problem}")
            if isinstance(problem, (SystemExit, KeyboardInterrupt)):
                self.ended.set()

    async def run_socket(self, cycle):
        try:
            await self.application(cycle.scope, cycle.receive, cycle.send)
        except BaseException:
            logs.error.exception("Exception in ASGI application")
            if cycle.state == "connecting":
                cycle.refuse(500)
        await cycle.finish()

    async def serve(self):
        self.ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.ended.set)
        lifespan = Lifespan(self.application)
        await lifespan.start()
        self.state = lifespan.state
        capacity = self.worker.settings.number("connections", 1000)

        async def connect(address):
            _, door = await loop.create_unix_connection(lambda: Door(self, address), sock=opened(address))
            door.send(channel.hello(self.worker.token, self.worker.pid, capacity, PREFETCH))
            return door

        for address in self.worker.settings.all("door"):
            await connect(address)
        self.worker.is_serving = True
        await self.ended.wait()
        while self.tasks:
            await asyncio.wait(list(self.tasks))
        await lifespan.stop()


def opened(address):
    """A connection to a door. Connecting to a unix socket does not wait; uvloop knows no abstract ones."""
    connection = channel.connect(address)
    connection.setblocking(False)
    return connection


def single(application):
    """The application as ASGI 3 calls it; older ones are called twice."""
    if inspect.isclass(application):
        is_single = hasattr(application, "__await__")
    elif inspect.isfunction(application):
        is_single = inspect.iscoroutinefunction(application)
    else:
        is_single = inspect.iscoroutinefunction(getattr(application, "__call__", None))
    if is_single:
        return application
    if not inspect.isclass(application):
        try:
            count = len(inspect.signature(application).parameters)
        except (TypeError, ValueError):
            count = 3
        if count >= 3:
            return application

    async def called_twice(scope, receive, send):
        await application(scope)(receive, send)

    return called_twice


def run(worker, application):
    try:
        import uvloop

        uvloop.install()
    except ImportError:
        pass
    asyncio.run(Server(worker, single(application)).serve())
