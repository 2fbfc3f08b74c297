"""Many requests at a time, each in a green thread of eventlet. Like gunicorn's eventlet worker: everything that blocks in
the standard library is replaced before the application is imported."""

import os
import signal
import sys

from fairlead_worker import channel, wsgi

PREFETCH = 0


class Input:
    """Where eventlet's own WebSocket looks for the connection."""

    def __init__(self, connection):
        self._connection = connection

    def get_socket(self):
        return self._connection


def patch():
    import eventlet
    from eventlet import hubs

    hubs.use_hub()
    eventlet.monkey_patch()


def forked():
    """In the child of a process that was patched: what its hub waits with is the parent's."""
    from eventlet import hubs

    hubs.use_hub()


def run(worker, application):
    import socket

    import eventlet

    from fairlead_worker.kind_threads import Link

    runner = wsgi.Runner(application, worker)
    running = eventlet.GreenPool(sys.maxsize)
    ended, ending = socket.socketpair()
    ending.setblocking(False)
    offer_plain = worker.offer_socket

    def offer(call, environ):
        offer_plain(call, environ)
        environ["eventlet.input"] = Input(call.tunnel.socket)

    def end(*_):
        """Also in the midst of what the hub does: it is woken by what it waits for."""
        worker.is_wanted = False
        os.write(ending.fileno(), b"!")

    class Ended:
        set = staticmethod(end)

    def answer(link, request, arrived):
        try:
            runner.run(link, request, arrived)
        except (channel.Closed, OSError):
            pass
        except SystemExit:
            end()

    def begin(link, request, payload):
        running.spawn_n(answer, link, request, runner.read(link.told, payload))

    worker.offer_socket = offer
    signal.signal(signal.SIGTERM, end)
    doors = worker.connect(worker.settings.number("connections", 1000), PREFETCH)
    for door in doors:
        eventlet.spawn_n(Link(door).receive, begin, Ended)
    if worker.is_wanted:
        ended.recv(1)
    running.waitall()
