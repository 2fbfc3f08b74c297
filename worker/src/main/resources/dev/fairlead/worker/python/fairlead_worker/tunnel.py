"""Connections of their own for requests that change the protocol: what WebSocket libraries of WSGI take over."""

import contextlib
import socket
import time

from fairlead_worker import channel

PARTING_SECONDS = 10


def connect(door, token, request):
    """Opens the connection that a request goes on over. Until something is written to it, nothing has happened."""
    connection = channel.connect(door)
    connection.sendall(channel.frame(channel.TUNNEL, request, token.encode()))
    return connection


class Tunnel:
    """A raw socket for the application, and whether it was used.

    Libraries close it when they have said their last; it stays open behind their backs until all has been passed on.
    """

    def __init__(self, door, token, request):
        plain = connect(door, token, request)
        # Made when it is needed: gevent and eventlet replace the class of sockets.
        self.is_used = False
        self.farewell = None  # what is to be called when the application has returned
        self.socket = self._watched(plain)

    def _watched(self, plain):
        tunnel = self

        class Watched(socket.socket):
            def send(self, *arguments):
                tunnel.is_used = True
                return super().send(*arguments)

            def sendall(self, *arguments):
                tunnel.is_used = True
                return super().sendall(*arguments)

            def sendmsg(self, *arguments):
                tunnel.is_used = True
                # eventlet's have no such method, but hold one that has.
                return getattr(self, "fd", super()).sendmsg(*arguments)

            def close(self):
                with contextlib.suppress(OSError):
                    if tunnel.is_used:
                        self.shutdown(socket.SHUT_WR)

            def part(self):
                (own_close or super().close)()

        watched = Watched(plain.family, plain.type, plain.proto, fileno=plain.detach())
        # Those of eventlet have their methods one by one.
        own_close = vars(watched).pop("close", None)
        return watched

    def finish(self):
        """Behind the application: the end of the request is said only when all has been passed on."""
        if self.farewell is not None:
            with contextlib.suppress(Exception):
                self.farewell()
        with contextlib.suppress(OSError, ValueError):
            if self.is_used and self.socket.fileno() >= 0:
                self.socket.settimeout(PARTING_SECONDS)
                self.socket.shutdown(socket.SHUT_WR)
                end = time.monotonic() + PARTING_SECONDS
                while self.socket.recv(65536) and time.monotonic() < end:
                    pass
        with contextlib.suppress(OSError):
            self.socket.part()
