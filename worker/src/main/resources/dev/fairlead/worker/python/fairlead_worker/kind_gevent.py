"""Many requests at a time, each in a greenlet of gevent. Like gunicorn's gevent worker: everything that blocks in the
standard library is replaced before the application is imported."""

import signal

from fairlead_worker import channel, tunnel, wsgi

PREFETCH = 0


def patch():
    from gevent import monkey

    monkey.patch_all()


def run(worker, application):
    import gevent
    from gevent.event import Event
    from gevent.pool import Group

    from fairlead_worker.kind_threads import CallLink, Link

    runner = wsgi.Runner(application, worker)
    if "geventwebsocket" in worker.settings.text("gunicorn.worker_class"):
        worker.offer_socket = offer_websocket(worker)
    running = Group()
    ended = Event()

    def answer(link, request, payload):
        try:
            runner.run(CallLink(link, request), request, payload)
        except (channel.Closed, OSError):
            pass
        except SystemExit:
            ended.set()

    def receive(link):
        calls = link.calls
        try:
            while True:
                for kind, request, payload in link.door.receive():
                    if kind == channel.REQUEST:
                        # The number is known at once, so that what follows for it finds it.
                        running.spawn(answer, link, request, payload)
                        gevent.sleep(0)
                    else:
                        call = calls.get(request)
                        if call is not None:
                            call.deliver((kind, payload))
        except (channel.Closed, OSError):
            link.close()
            ended.set()

    def end(*_):
        worker.is_wanted = False
        ended.set()

    gevent.signal_handler(signal.SIGTERM, end)
    doors = worker.connect(worker.settings.number("connections", 1000), PREFETCH)
    for door in doors:
        gevent.spawn(receive, Link(door))
    ended.wait()
    running.join()


def offer_websocket(worker):
    """What gevent-websocket's own worker offers: the handshake done, and `wsgi.websocket`."""
    from geventwebsocket.websocket import WebSocket

    from fairlead_worker import websocket

    class Stream:
        def __init__(self, connection):
            self.handler = self
            self.read = connection.makefile("rb", -1).read
            self.write = connection.sendall
            self.fileno = connection.fileno

    def offer(call, environ):
        key = environ.get("HTTP_SEC_WEBSOCKET_KEY")
        if environ.get("HTTP_UPGRADE", "").lower() != "websocket" or not key:
            return
        opened = tunnel.Tunnel(call.link.address, worker.token, call.request)
        call.tunnel = opened
        lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {websocket.accept_key(key.encode('latin-1'))}",
        ]
        offered = environ.get("HTTP_SEC_WEBSOCKET_PROTOCOL")
        if offered:
            lines.append("Sec-WebSocket-Protocol: " + offered.split(",")[0].strip())
        opened.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        connection = WebSocket(environ, Stream(opened.socket), Handler())
        environ["wsgi.websocket_version"] = environ.get("HTTP_SEC_WEBSOCKET_VERSION", "13")
        environ["wsgi.websocket"] = connection

    return offer


class Handler:
    """What a gevent-websocket connection wants of the server's handler."""

    class logger:
        debug = info = warning = error = exception = staticmethod(lambda *_: None)

    class server:
        application = None

    active_client = None
    client_address = ("", 0)
