"""What the tests of gevent workers run."""

import json
import os
import socket
import threading
import time

import gevent
from gevent import monkey

# As it was when this was imported.
was_patched = [monkey.is_module_patched(name) for name in ("socket", "threading", "time", "ssl", "queue", "select")]
waiting = threading.Condition()
count = 0


def application(environ, start_response):
    return PAGES[environ["PATH_INFO"]](environ, start_response)


def answer(start_response, body):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [body]


def patched(environ, start_response):
    return answer(start_response, json.dumps(was_patched).encode())


def together(environ, start_response):
    """Answers when as many are here as the query says; blocks the way threads do."""
    global count
    with waiting:
        count += 1
        waiting.notify_all()
        while count < int(environ["QUERY_STRING"]):
            waiting.wait()
    time.sleep(0.01)
    return answer(start_response, b"together")


def talk(environ, start_response):
    """Waits for a greenlet by a socket of the standard library."""
    one, other = socket.socketpair()
    gevent.spawn(one.sendall, b"hello")
    return answer(start_response, other.recv(5))


def read(environ, start_response):
    return answer(start_response, environ["wsgi.input"].read())


def raw(environ, start_response):
    """As simple-websocket does: takes the connection and leaves with whatever."""
    connection = environ["werkzeug.socket"]
    assert connection is environ["gunicorn.socket"]
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    while True:
        data = connection.recv(1000)
        if not data or data == b"bye":
            break
        connection.sendall(data)
    connection.sendall(b"so long")
    connection.close()
    raise StopIteration


def unused(environ, start_response):
    return answer(start_response, b"plain" if "werkzeug.socket" in environ else b"none")


def geventwebsocket(environ, start_response):
    connection = environ["wsgi.websocket"]
    while True:
        message = connection.receive()
        if message is None or message == "return":
            return []
        connection.send(message)


def clients(environ, start_response):
    connection = environ["wsgi.websocket"]
    for client in connection.handler.server.clients.values():
        client.ws.send(f"hello from {os.getpid()}")
    connection.receive()
    return []


PAGES = {
    "/patched": patched, "/together": together, "/talk": talk, "/read": read, "/raw": raw, "/unused": unused,
    "/geventwebsocket": geventwebsocket, "/clients": clients,
}
