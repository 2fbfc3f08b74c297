"""Frames between traffic and this worker; see docs/worker-protocol.md."""

import os
import socket
import struct
import weakref

REQUEST = 1
BODY = 2
BODY_END = 3
BODY_BROKEN = 4
CREDIT = 5
CANCEL = 6
FILE_TAKEN = 7
FILE_REFUSED = 8
HELLO = 32
RESPONSE = 33
HEAD = 34
DATA = 35
END = 36
BROKEN = 37
READ = 38
INTERIM = 39
FILE = 40
TUNNEL = 41

MORE_BODY = 1
UPGRADE = 2

FIRST_CREDIT = 1 << 20
LONGEST_DATA = 256 * 1024
LONGEST_PAYLOAD = 16 << 20

header = struct.Struct("<II")
response_header = struct.Struct("<III")
number = struct.Struct("<I")
file_payload = struct.Struct("<IQQ")


# Connections of this process.
_connections = weakref.WeakSet()


class Closed(Exception):
    """Traffic closed the connection: it has ended, or this worker said something wrong."""


def frame(kind, request, payload=b""):
    return header.pack(len(payload), kind | request << 8) + payload


def hello(token, pid, capacity, prefetch):
    """The first frame of a connection."""
    return frame(HELLO, 0, f"{token}\t{pid}\t{capacity}\t{prefetch}".encode())


def connect(door):
    """A connection to a door: `@name` for an abstract socket, else a path."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect("\0" + door[1:] if door.startswith("@") else door)
    _connections.add(connection)
    return connection


def part():
    """In a child of the process that made the connections: they are that one's alone, here they are at their end."""
    here, there = socket.socketpair()
    there.close()
    for connection in list(_connections):
        if connection.fileno() >= 0:
            # Closing them would have event loops forget them, which may be shared with the parent.
            os.dup2(here.fileno(), connection.fileno(), inheritable=False)
    here.close()


class Splitter:
    """Cuts what was received into frames."""

    def __init__(self):
        self.rest = b""

    def frames(self, data):
        """The whole frames in what was received, as (kind, request, payload); the beginning of another is kept."""
        if self.rest:
            data = self.rest + data
        found = []
        at = 0
        end = len(data)
        unpack = header.unpack_from
        while end - at >= 8:
            size, tag = unpack(data, at)
            following = at + 8 + size
            if following > end:
                break
            found.append((tag & 0xFF, tag >> 8, data[at + 8:following]))
            at = following
        self.rest = data[at:] if at < end else b""
        return found


class Door(Splitter):
    """A connection to one event loop of traffic, with blocking sends and receives."""

    def __init__(self, address):
        super().__init__()
        self.address = address
        # Variables of requests that traffic will not say again, by the place it gave them.
        self.told = {}
        self.socket = connect(address)

    def hello(self, token, pid, capacity, prefetch):
        self.socket.sendall(hello(token, pid, capacity, prefetch))

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            raise Closed from None

    def receive(self, flags=0):
        """Waits for frames.

        A large frame that has only begun is received in larger steps, so that it is not copied once for each step.
        """
        wanted = 65536
        if len(self.rest) >= 8:
            wanted = max(wanted, header.unpack_from(self.rest, 0)[0] + 8 - len(self.rest))
        try:
            data = self.socket.recv(wanted, flags)
        except ConnectionError:
            raise Closed from None
        if not data:
            raise Closed
        return self.frames(data)
