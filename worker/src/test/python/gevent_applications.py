"""What the tests of gevent workers run."""

import json
import os

import gevent
from gevent import monkey

import green_pages

# As it was when this was imported.
was_patched = [monkey.is_module_patched(name) for name in ("socket", "threading", "time", "ssl", "queue", "select")]


def application(environ, start_response):
    return PAGES[environ["PATH_INFO"]](environ, start_response)


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
    **green_pages.pages(json.dumps(was_patched), gevent.spawn), "/geventwebsocket": geventwebsocket, "/clients": clients,
}
