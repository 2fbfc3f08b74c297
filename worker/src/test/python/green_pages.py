"""What green threads of every library are tried with."""

import socket
import threading
import time

waiting = threading.Condition()
count = 0


def answer(start_response, body):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [body]


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


def pages(was_patched, spawn):
    """
    :param was_patched: what is said of the standard library
    :param spawn: begins a green thread
    """

    def patched(environ, start_response):
        return answer(start_response, was_patched.encode())

    def talk(environ, start_response):
        """Waits for a green thread by a socket of the standard library."""
        one, other = socket.socketpair()
        spawn(one.sendall, b"hello")
        return answer(start_response, other.recv(5))

    return {
        "/patched": patched, "/together": together, "/talk": talk, "/read": read, "/raw": raw, "/unused": unused,
    }
