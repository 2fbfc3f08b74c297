"""What the tests of eventlet workers run."""

import json
import socket

import eventlet
from eventlet import patcher, websocket

import green_pages

# As it was when this was imported.
was_patched = [patcher.is_monkey_patched(name) for name in ("socket", "thread", "time", "os", "select")]
was_patched.append(type(socket.socket(socket.AF_UNIX)).__module__.startswith("eventlet"))


def application(environ, start_response):
    return PAGES[environ["PATH_INFO"]](environ, start_response)


@websocket.WebSocketWSGI
def echo(connection):
    while True:
        message = connection.wait()
        if message is None or message == "return":
            return
        connection.send(message)


PAGES = {**green_pages.pages(json.dumps(was_patched), eventlet.spawn), "/eventlet": echo}
