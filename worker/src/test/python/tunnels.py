"""Connections of their own that workers open for WebSockets, as traffic and clients see them."""

import struct

import traffic

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class WebSocket:
    """The client's end of a tunnel."""

    def __init__(self, service, exchange):
        self.exchange = exchange
        connection = traffic.Connection(service.doors[0].accept()[0])
        kind, request, payload = connection.read()
        assert (kind, request, payload) == (traffic.TUNNEL, exchange.number, b"token1"), (kind, request, payload)
        self.socket = connection.socket
        self.file = self.socket.makefile("rb")
        self.head = []
        while True:
            line = self.file.readline().rstrip(b"\r\n")
            if not line:
                break
            self.head.append(line)

    def send(self, kind, payload=b"", is_last=True, is_masked=True, reserved=0):
        self.socket.sendall(frame(kind, payload, is_last, is_masked, reserved))

    def frame(self):
        """The next frame as (kind, payload)."""
        first, second = self.exactly(2)
        assert first & 0xF0 == 0x80 and second < 128, (first, second)
        size = second
        if size == 126:
            size = struct.unpack(">H", self.exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.exactly(8))[0]
        return first & 15, self.exactly(size)

    def exactly(self, count):
        data = self.file.read(count)
        assert len(data) == count, f"the worker closed the tunnel, {data!r}"
        return data

    def closing(self):
        """The code and the reason of the next frame, which is the last."""
        kind, payload = self.frame()
        assert kind == CLOSE, kind
        return (struct.unpack(">H", payload[:2])[0], payload[2:].decode()) if payload else None

    def say_close(self, code, reason=""):
        self.send(CLOSE, struct.pack(">H", code) + reason.encode())

    def end(self):
        """Ends the connection as traffic does, and waits for the end of the request."""
        self.close()
        return self.exchange.frame()

    def close(self):
        self.file.close()
        self.socket.close()


def frame(kind, payload=b"", is_last=True, is_masked=True, reserved=0):
    first = (0x80 if is_last else 0) | reserved | kind
    size = len(payload)
    bit = 0x80 if is_masked else 0
    if size < 126:
        head = bytes((first, bit | size))
    elif size < 65536:
        head = struct.pack(">BBH", first, bit | 126, size)
    else:
        head = struct.pack(">BBQ", first, bit | 127, size)
    if not is_masked:
        return head + payload
    mask = b"\x01\x7f\x00\xff"
    key = (mask * (size // 4 + 1))[:size]
    masked = (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
    return head + mask + masked
