"""ASGI applications on one asyncio loop: many requests at a time, WebSockets, and a life before and after them."""

import asyncio
import importlib
import inspect
import logging
import marshal
import signal
import urllib.parse

from fairlead_worker import asgi_http, asgi_lifespan, asgi_socket, channel, control, logs

PREFETCH = 0
PARTING_SECONDS = 5
# Frames are sent together once per turn of the loop; more than this many bytes at once.
MOST_UNSENT = 64 * 1024
# Workers of uvicorn's that say which loop they want.
PLAIN_LOOP = "UvicornH11Worker"


class Door(asyncio.Protocol):
    """A connection to one event loop of traffic."""

    def __init__(self, server, address):
        self.server = server
        self.address = address
        self.cycles = {}
        self.transport = None
        self.closed = asyncio.Event()
        self._frames = channel.Splitter().frames
        self._loop = asyncio.get_running_loop()
        self._begun = []
        self._unsent = []
        self._unsent_size = 0
        self._is_awaited = False

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        for kind, request, payload in self._frames(data):
            if kind == channel.REQUEST:
                self.server.begin(self, request, payload)
            else:
                cycle = self.cycles.get(request)
                if cycle is not None:
                    cycle.frame(kind, payload)

    def connection_lost(self, problem):
        for cycle in list(self.cycles.values()):
            cycle.frame(channel.CANCEL, b"")
        self.closed.set()
        self.server.lost()

    def send(self, data):
        self._unsent.append(data)
        self._unsent_size += len(data)
        if self._unsent_size > MOST_UNSENT:
            self._flush()
        elif not self._is_awaited:
            self._is_awaited = True
            self._loop.call_soon(self._turn)

    def begun(self, cycle):
        """Has the head of an answer sent in the next turn, unless the body is there by then."""
        self._begun.append(cycle)
        if not self._is_awaited:
            self._is_awaited = True
            self._loop.call_soon(self._turn)

    def _turn(self):
        if self._begun:
            begun, self._begun = self._begun, []
            for cycle in begun:
                cycle.say_head()
        self._is_awaited = False
        self._flush()

    def _flush(self):
        if self._unsent:
            if not self.transport.is_closing():
                self.transport.write(self._unsent[0] if len(self._unsent) == 1 else b"".join(self._unsent))
            self._unsent.clear()
            self._unsent_size = 0

    def close(self):
        self._turn()
        self.transport.close()


class Server:
    """One worker's application and all that goes on in it."""

    def __init__(self, worker, application):
        self.application = application
        self.worker = worker
        self.token = worker.token
        self.ended = asyncio.Event()
        self._lost = asyncio.Event()
        self._running = set()
        self._changed = asyncio.Event()
        self._state = {}
        self._loop = asyncio.get_running_loop()
        self._access = use_loggers(worker.settings.flag("gunicorn.python_logs"))

    def begin(self, door, request, payload):
        scope, body, flags = marshal.loads(payload)
        scope["state"] = self._state.copy()
        if scope["type"] == "websocket":
            scope["extensions"] = {name: {} for name in asgi_socket.EXTENSIONS}
            cycle = asgi_socket.Socket(door, request, scope)
            run = self._run_socket(cycle)
        else:
            scope["extensions"] = {name: {} for name in asgi_http.EXTENSIONS}
            cycle = asgi_http.Cycle(door, request, scope, body, flags & channel.MORE_BODY != 0)
            run = self._run(cycle)
        door.cycles[request] = cycle
        self._running.add(cycle)
        cycle.task = self._loop.create_task(run)

    async def _run(self, cycle):
        try:
            await self.application(cycle.scope, cycle.receive, cycle.send)
            if not cycle.is_complete and not cycle.is_gone:
                logs.error.error("ASGI callable returned without completing response.")
            cycle.fail("the application ended without a complete answer")
        except BaseException as problem:
            if not cycle.is_gone:
                logs.error.exception("Exception in ASGI application")
            cycle.fail(f"{type(problem).__name__}: {problem}")
            self._end_if_told(problem)
        finally:
            self._over(cycle)
            if self._access:
                log_request(self._access, cycle)

    async def _run_socket(self, cycle):
        has_failed = False
        try:
            if cycle.is_sound():
                await self.application(cycle.scope, cycle.receive, cycle.send)
        except BaseException as problem:
            has_failed = True
            if not (cycle.is_gone and isinstance(problem, asgi_socket.Disconnected)):
                logs.error.exception("Exception in ASGI application")
            self._end_if_told(problem)
        try:
            await cycle.finish(has_failed)
        finally:
            self._over(cycle)

    def _end_if_told(self, problem):
        if isinstance(problem, (SystemExit, KeyboardInterrupt)):
            self.ended.set()

    def _over(self, cycle):
        self._running.discard(cycle)
        if not self._running:
            self._changed.set()

    async def serve(self):
        self._loop.add_signal_handler(signal.SIGTERM, self.ended.set)
        lifespan = asgi_lifespan.Lifespan(self.application)
        if not await self._start(lifespan):
            return
        self._report("connect")
        doors = [await self._connect(address) for address in self.worker.settings.all("door")]
        self.worker.is_serving = True
        await self.ended.wait()
        ending = asyncio.ensure_future(self._end(lifespan, doors))
        abandoning = asyncio.ensure_future(self._abandon())
        await asyncio.wait({ending, abandoning}, return_when=asyncio.FIRST_COMPLETED)
        abandoning.cancel()
        if ending.done():
            ending.result()

    def lost(self):
        """A connection has ended, by this side or because traffic is gone."""
        self._lost.set()
        self.ended.set()

    async def _abandon(self):
        """Nobody is left who would end what takes too long: this side's patience ends."""
        await self._lost.wait()
        await asyncio.sleep(self.worker.settings.number("graceful_timeout", 30) + PARTING_SECONDS)

    async def _end(self, lifespan, doors):
        for cycle in list(self._running):
            if isinstance(cycle, asgi_socket.Socket):
                cycle.restart()
        while self._running:
            self._changed.clear()
            await self._changed.wait()
        await lifespan.stop()
        for door in doors:
            door.close()
        await asyncio.wait([asyncio.ensure_future(door.closed.wait()) for door in doors], timeout=PARTING_SECONDS)

    async def _start(self, lifespan):
        """Whether it started, rather than being told to end before that."""
        wanted = self.worker.settings.text("gunicorn.asgi_lifespan")
        if wanted == "off" or uvicorns_wishes(self.worker).get("lifespan") == "off":
            return True
        self._report("lifespan")
        starting = asyncio.ensure_future(lifespan.start())
        ending = asyncio.ensure_future(self.ended.wait())
        await asyncio.wait({starting, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if not starting.done():
            return False
        starting.result()
        self._state = lifespan.state
        return True

    async def _connect(self, address):
        capacity = self.worker.settings.number("connections", 1000)
        connection = channel.connect(address)
        connection.setblocking(False)
        _, door = await self._loop.create_unix_connection(lambda: Door(self, address), sock=connection)
        door.send(channel.hello(self.token, self.worker.pid, capacity, PREFETCH))
        return door

    def _report(self, stage):
        control.report("booting", self.worker.number, self.worker.pid, stage)


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


def use_loggers(is_logging):
    """Has uvicorn's loggers say where gunicorn's do, as uvicorn's workers do it; returns the one for requests, if any."""
    for name in ("error", "access"):
        logger, other = logging.getLogger("uvicorn." + name), logging.getLogger("gunicorn." + name)
        logger.handlers[:] = other.handlers
        logger.setLevel(other.level)
        logger.propagate = False
    return logger if is_logging else None


def log_request(logger, cycle):
    scope = cycle.scope
    client = "%s:%d" % tuple(scope["client"]) if scope.get("client") else ""
    query = scope["query_string"].decode("latin-1")
    path = urllib.parse.quote(scope["path"]) + ("?" + query if query else "")
    logger.info('%s - "%s %s HTTP/%s" %d', client, scope["method"], path, scope["http_version"], cycle.status)


def uvicorns_wishes(worker):
    """What a class derived from one of uvicorn's workers says of how it is to be set up."""
    kind = worker.hooks.worker_class or worker.settings.text("gunicorn.worker_class")
    if isinstance(kind, str):
        module, _, name = kind.rpartition(".")
        if not module or module in ("uvicorn.workers", "uvicorn_worker"):
            return {}
        try:
            kind = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            logs.error.warning("%s cannot be imported; what it says of the lifespan is not known", kind)
            return {}
    return getattr(kind, "CONFIG_KWARGS", {})


def use_loop(settings):
    """Takes uvloop where the interpreter has it, as uvicorn does."""
    if PLAIN_LOOP in settings.text("gunicorn.worker_class") or settings.text("gunicorn.asgi_loop") == "asyncio":
        return
    try:
        import uvloop
    except ImportError:
        return
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


def run(worker, application):
    async def serve():
        await Server(worker, single(application)).serve()

    use_loop(worker.settings)
    asyncio.run(serve())
