"""Many requests at a time, each in a greenlet of gevent. Like gunicorn's gevent worker: everything that blocks in the
standard library is replaced before the application is imported."""

import signal

from fairlead_worker import channel, tunnel, wsgi

PREFETCH = 0


def patch():
    from gevent import monkey

    monkey.patch_all()


def forked():
    """In the child of a process that was patched."""
    import gevent

    gevent.reinit()


def run(worker, application):
    import gevent
    from gevent.event import Event
    from gevent.pool import Group

    from fairlead_worker.kind_threads import Link

    runner = wsgi.Runner(application, worker)
    if "geventwebsocket" in worker.settings.text("gunicorn.worker_class"):
        worker.offer_socket = offer_websocket(worker, application)
    running = Group()
    ended = Event()

    def answer(link, request, arrived):
        try:
            runner.run(link, request, arrived)
        except (channel.Closed, OSError):
            pass
        except SystemExit:
            ended.set()

    def begin(link, request, payload):
        running.spawn(answer, link, request, runner.read(link.told, payload))

    def end(*_):
        worker.is_wanted = False
        ended.set()

    gevent.signal_handler(signal.SIGTERM, end)
    doors = worker.connect(worker.settings.number("connections", 1000), PREFETCH)
    for door in doors:
        gevent.spawn(Link(door).receive, begin, ended)
    ended.wait()
    running.join()


def offer_websocket(worker, application):
    """What gevent-websocket's own worker offers: the handshake done, and `wsgi.websocket`.

    A request that is no sound handshake goes to the application as any other.
    """
    from geventwebsocket.websocket import WebSocket

    from fairlead_worker import websocket

    class Stream:
        def __init__(self, connection):
            self.handler = self
            self.read = connection.makefile("rb", -1).read
            self.write = connection.sendall
            self.fileno = connection.fileno

    clients = {}

    def offer(call, environ):
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").encode("latin-1")
        version = environ.get("HTTP_SEC_WEBSOCKET_VERSION", "").encode("latin-1")
        headers = [(b"sec-websocket-key", key), (b"sec-websocket-version", version)]
        if environ.get("HTTP_UPGRADE", "").lower() != "websocket" or websocket.refusal(headers) is not None:
            return
        opened = tunnel.Tunnel(call.link.address, worker.token, call.request)
        call.tunnel = opened
        lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {websocket.accept_key(key)}",
        ]
        protocol = application.app_protocol(environ["PATH_INFO"]) if hasattr(application, "app_protocol") else None
        if protocol and protocol in environ.get("HTTP_SEC_WEBSOCKET_PROTOCOL", ""):
            lines.append("Sec-WebSocket-Protocol: " + protocol)
        opened.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        handler = Handler(application, environ, clients)
        connection = WebSocket(environ, Stream(opened.socket), handler)
        opened.farewell = handler.enter(connection)
        environ["wsgi.websocket_version"] = version.decode("latin-1")
        environ["wsgi.websocket"] = connection

    return offer


class Handler:
    """What a gevent-websocket connection wants of the server's handler."""

    class logger:
        debug = info = warning = error = exception = staticmethod(lambda *_: None)

    def __init__(self, application, environ, clients):
        self.application = application
        self.clients = clients
        self.server = self
        # Behind proxies the port is not known; any number will do that no other has.
        self.client_address = environ.get("REMOTE_ADDR", ""), int(environ.get("REMOTE_PORT") or 0) or id(self)

    @property
    def active_client(self):
        return self.clients[self.client_address]

    def enter(self, connection):
        """Makes it known to the others; returns what ends it."""
        from geventwebsocket.handler import Client

        self.clients[self.client_address] = Client(self.client_address, connection)

        def leave():
            self.clients.pop(self.client_address, None)
            if not connection.closed:
                connection.close()

        return leave
