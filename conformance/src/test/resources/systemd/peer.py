"""What the cases of activation run: services that use the sockets they are given, and whoever talks to them."""

import os
import select
import socket
import sys

PATIENCE = 20


def given():
    return [socket.socket(fileno=3 + i) for i in range(int(os.environ["LISTEN_FDS"]))]


def serve(most="0"):
    """Answers each connection with what it said; ends after so many."""
    sockets = given()
    served = 0
    while not int(most) or served < int(most):
        for one in select.select(sockets, [], [])[0]:
            connection, _ = one.accept()
            connection.sendall(b"answer to " + whole(connection))
            connection.close()
            served += 1


def take():
    """Prints one datagram."""
    one = given()[0]
    one.settimeout(PATIENCE)
    if one.type == socket.SOCK_SEQPACKET:
        one = one.accept()[0]
    print(one.recv(100).decode(), flush=True)


def whole(connection):
    text = b""
    while True:
        more = connection.recv(1000)
        if not more:
            return text
        text += more


def connected(path, kind=socket.SOCK_STREAM):
    one = socket.socket(socket.AF_UNIX, kind)
    one.settimeout(PATIENCE)
    one.connect(path)
    return one


def talk(path, text):
    """Says something and prints the answer."""
    try:
        one = connected(path)
        one.sendall(text.encode())
        one.shutdown(socket.SHUT_WR)
        print(whole(one).decode(), flush=True)
    except OSError as refused:
        print(type(refused).__name__, flush=True)


def knock(path):
    """Connects and leaves at once."""
    try:
        connected(path).close()
    except OSError as refused:
        print(type(refused).__name__, flush=True)


def pair(path):
    """Two connections, the second while the first is open; prints what each hears."""
    first = connected(path)
    first.sendall(b"one")
    print("first:", first.recv(10).decode(), flush=True)
    try:
        second = connected(path)
        second.sendall(b"two")
        print("second:", second.recv(10).decode(), flush=True)
    except (BrokenPipeError, ConnectionResetError):
        # Which of them it is depends on whether the other side was faster than the words said to it.
        print("second: closed", flush=True)
    except OSError as refused:
        print("second:", type(refused).__name__, flush=True)


def send(path, text):
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(text.encode(), path)


def sendpacket(path, text):
    connected(path, socket.SOCK_SEQPACKET).send(text.encode())


globals()[sys.argv[1]](*sys.argv[2:])
