"""The server's side of a WebSocket (RFC 6455), enough to say everything back that is said to it."""

import base64
import hashlib
import struct

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _BINARY, _CLOSE, _PING, _PONG = 1, 2, 8, 9, 10
_LARGEST = 1 << 20


class ProtocolError(Exception):
    """The other side broke the protocol; `code` is what the close frame says about it."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def accept_key(key):
    """The Sec-WebSocket-Accept that answers a Sec-WebSocket-Key."""
    return base64.b64encode(hashlib.sha1(key.encode("latin-1") + _GUID).digest()).decode()


def frame(opcode, payload):
    """One unmasked, final frame."""
    if len(payload) < 126:
        head = struct.pack("!BB", 0x80 | opcode, len(payload))
    elif len(payload) < 1 << 16:
        head = struct.pack("!BBH", 0x80 | opcode, 126, len(payload))
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 127, len(payload))
    return head + payload


def close_frame(code):
    return frame(_CLOSE, struct.pack("!H", code))


def echo(reader, write):
    """Says every message back until the other side closes or goes away.

    `reader.read(n)` returns n bytes or fewer at the end; `write(bytes)` sends all of them.
    """
    opcode, message = None, b""
    try:
        while True:
            final, kind, payload = _next_frame(reader)
            if kind == _CLOSE:
                write(frame(_CLOSE, payload[:2]))
                return
            if kind == _PING:
                write(frame(_PONG, payload))
            elif kind in (_TEXT, _BINARY, 0):
                if (kind == 0) == (opcode is None):
                    raise ProtocolError(1002)
                opcode = opcode or kind
                message += payload
                if len(message) > _LARGEST:
                    raise ProtocolError(1009)
                if final:
                    write(frame(opcode, message))
                    opcode, message = None, b""
            elif kind != _PONG:
                raise ProtocolError(1002)
    except ProtocolError as broken:
        write(close_frame(broken.code))
    except EOFError:
        pass


def _next_frame(reader):
    first, second = _exactly(reader, 2)
    final, kind = bool(first & 0x80), first & 0x0F
    length = second & 0x7F
    if first & 0x70 or not second & 0x80 or (kind >= 8 and (length > 125 or not final)):
        raise ProtocolError(1002)
    if length == 126:
        (length,) = struct.unpack("!H", _exactly(reader, 2))
    elif length == 127:
        (length,) = struct.unpack("!Q", _exactly(reader, 8))
    if length > _LARGEST:
        raise ProtocolError(1009)
    mask = _exactly(reader, 4)
    masked = _exactly(reader, length)
    key = int.from_bytes((mask * (length // 4 + 1))[:length], "big")
    return final, kind, (int.from_bytes(masked, "big") ^ key).to_bytes(length, "big")


def _exactly(reader, count):
    data = reader.read(count)
    if len(data) < count:
        raise EOFError
    return data
