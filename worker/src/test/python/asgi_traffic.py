"""Traffic's side as ASGI workers see it: scopes."""

import marshal
import pathlib

import traffic
from tunnels import WebSocket

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
UPGRADE = 2


def scope(path="/", method="GET", query="", headers=(), **more):
    """What traffic writes."""
    found = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "root_path": "",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"h.example"), *headers],
        "client": ("127.0.0.1", 4711),
        "server": ("127.0.0.1", 8000),
    }
    found.update(more)
    return found


class Asgi:
    """A service with one worker."""

    def __init__(self, target="asgi_applications:application", **settings):
        settings.setdefault("directory", str(pathlib.Path(__file__).parent))
        self.service = traffic.Service("asgi", target=target, **settings)
        self.connection = self.service.connection
        self.pid = self.service.pids[0]
        self.sockets = []

    def close(self):
        for socket in self.sockets:
            socket.close()
        self.service.close()

    def begin(self, path, body=b"", flags=0, **more):
        connection = self.connection
        connection.numbers += 1
        payload = marshal.dumps((scope(path, **more), body, flags), 2)
        connection.send(traffic.REQUEST, connection.numbers, payload)
        return traffic.Exchange(connection, connection.numbers)

    def ask(self, path, **more):
        return self.begin(path, **more).answer()

    def begin_socket(self, path, key=KEY, version=b"13", subprotocols=(), extensions=()):
        headers = [(b"upgrade", b"websocket"), (b"connection", b"Upgrade"), (b"sec-websocket-version", version)]
        headers += [(b"sec-websocket-key", one) for one in ([key] if isinstance(key, bytes) else key)]
        headers += [(b"sec-websocket-extensions", one) for one in extensions]
        return self.begin(
            path, flags=UPGRADE, headers=headers, type="websocket", scheme="ws", subprotocols=list(subprotocols)
        )

    def open(self, path, **more):
        """A WebSocket whose handshake the worker has answered."""
        found = WebSocket(self.service, self.begin_socket(path, **more))
        self.sockets.append(found)
        return found
