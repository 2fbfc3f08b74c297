"""The web application: pages, the JSON behind them and the WebSocket, on one port."""

import json
import os
import signal
import socketserver
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from . import subnet, websocket

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
STATIC_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LARGEST_BODY = 64 * 1024
GRACE_SECONDS = 5


class Instance(ThreadingHTTPServer):
    """One instance. Counts the requests being answered, so that stopping can wait for them."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Handler)
        self.port = self.server_address[1]
        self.started = time.time()
        self.page = (HERE / "index.html").read_bytes()
        self.answered = 0
        self.stopping = False
        self._idle = threading.Condition()
        self._busy = 0
        self._sockets = set()

    def server_bind(self):
        # HTTPServer would look its own name up, which can take seconds on a machine without DNS.
        self.allow_reuse_address = True
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request, client_address):
        """A client that went away is no news; everything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def begin(self):
        with self._idle:
            self._busy += 1
            self.answered += 1

    def end(self):
        with self._idle:
            self._busy -= 1
            self._idle.notify_all()

    def remember(self, connection):
        with self._idle:
            self._sockets.add(connection)

    def forget(self, connection):
        with self._idle:
            self._sockets.discard(connection)

    def drain(self):
        """Waits until nothing is being answered, at most GRACE_SECONDS, then says goodbye to the WebSockets."""
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, GRACE_SECONDS)
            for connection in self._sockets:
                try:
                    connection.sendall(websocket.close_frame(1001))
                except OSError:
                    pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "NetHelper"
    sys_version = ""
    timeout = 120
    disable_nagle_algorithm = True
    # Head and body leave in one piece.
    wbufsize = 64 * 1024

    def handle_method(self):
        self.server.begin()
        self.body_was_read = False
        upgraded = False
        try:
            url = urlsplit(self.path)
            if url.path == "/ws":
                upgraded = self.shake_hands()
            else:
                self.route(url)
            self.wfile.flush()
        finally:
            self.server.end()
        if upgraded:
            self.talk()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_method

    def route(self, url):
        query = parse_qs(url.query)
        if url.path == "/":
            self.answer(200, self.server.page, "text/html; charset=utf-8")
        elif url.path == "/healthz":
            self.answer(200, b"ok\n", "text/plain; charset=utf-8")
        elif url.path == "/whoami":
            self.answer_json(200, self.whoami())
        elif url.path == "/api/subnet":
            self.answer_subnet(query)
        elif url.path == "/api/inspect" or url.path.startswith("/api/inspect/"):
            self.answer_json(200, self.inspection(url, query))
        elif url.path.startswith("/static/"):
            self.answer_static(url.path.removeprefix("/static/"))
        else:
            self.answer_json(404, {"error": f"There is nothing at {url.path}."})

    def whoami(self):
        return {
            "port": self.server.port,
            "pid": os.getpid(),
            "up_seconds": round(time.time() - self.server.started, 1),
            "answered": self.server.answered,
        }

    def answer_subnet(self, query):
        try:
            split = query.get("split", [""])[0]
            if split and not split.isdecimal():
                raise subnet.NotANetwork("The part size is a prefix length, such as 24.")
            facts = subnet.describe(query.get("cidr", [""])[0], int(split) if split else None)
        except subnet.NotANetwork as problem:
            self.answer_json(400, {"error": str(problem)})
        else:
            self.answer_json(200, facts)

    def inspection(self, url, query):
        body = self.body()
        return {
            "method": self.command,
            "path": url.path,
            "query": query,
            "version": self.request_version,
            "peer": self.client_address[0],
            "headers": [[name, value] for name, value in self.headers.items()],
            "body_bytes": len(body),
            "body": body[:2000].decode("utf-8", "replace"),
            "instance": self.whoami(),
        }

    def answer_static(self, name):
        """For running without a web server in front; nginx answers these itself."""
        file = STATIC / name
        if file.parent == STATIC and file.suffix in STATIC_TYPES and file.is_file():
            self.answer(200, file.read_bytes(), STATIC_TYPES[file.suffix])
        else:
            self.answer_json(404, {"error": "No such file."})

    def body(self):
        """The request's body. One that is too large or comes in chunks is left unread, and the connection ends."""
        try:
            length = int(self.headers.get("Content-Length", "0"))
        except ValueError:
            length = -1
        if "Transfer-Encoding" in self.headers or not 0 <= length <= LARGEST_BODY:
            self.close_connection = True
            return b""
        self.body_was_read = True
        return self.rfile.read(length)

    def answer_json(self, status, value):
        self.answer(status, json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n", "application/json")

    def answer(self, status, body, content_type):
        if self.leaves_body_unread():
            self.close_connection = True
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Instance", str(self.server.port))
        if self.close_connection or self.server.stopping:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def leaves_body_unread(self):
        announced = self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers
        return announced and not self.body_was_read

    def shake_hands(self):
        key = self.headers.get("Sec-WebSocket-Key", "")
        if self.headers.get("Upgrade", "").lower() != "websocket" or not key or self.command != "GET":
            self.answer_json(426, {"error": "This address speaks WebSocket."})
            return False
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", websocket.accept_key(key))
        self.send_header("X-Instance", str(self.server.port))
        self.end_headers()
        return True

    def talk(self):
        self.close_connection = True
        self.connection.settimeout(None)
        self.server.remember(self.connection)
        try:
            websocket.echo(self.rfile, self.connection.sendall)
        finally:
            self.server.forget(self.connection)

    def log_request(self, code="-", size="-"):
        """Quiet: the web server in front keeps the access log."""

    def log_message(self, format, *args):
        print(f"[{self.server.port}] {format % args}", flush=True)


def run(port):
    """Serves until SIGTERM or SIGINT, then finishes what it has begun and returns."""
    instance = Instance(port)

    def stop(number, _):
        print(f"[{instance.port}] {signal.Signals(number).name}: finishing", flush=True)
        instance.stopping = True
        threading.Thread(target=instance.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"[{instance.port}] NetHelper listens on http://127.0.0.1:{instance.port}/", flush=True)
    instance.serve_forever(poll_interval=0.1)
    # Those who have connected but were not accepted yet are told at once, by the closed socket, to try elsewhere.
    instance.socket.close()
    instance.drain()
    print(f"[{instance.port}] stopped after {instance.answered} requests", flush=True)
