"""WebSocket frames (RFC 6455), the server's side: bytes in, events out; strict."""

import base64
import binascii
import hashlib

CONTINUATION = 0
TEXT = 1
BINARY = 2
CLOSE = 8
PING = 9
PONG = 10

NORMAL = 1000
PROTOCOL_ERROR = 1002
NO_STATUS = 1005
ABNORMAL = 1006
BAD_DATA = 1007
TOO_BIG = 1009
FAILED = 1011
RESTART = 1012

LONGEST_MESSAGE = 16 << 20
MOST_PARTS = 256
MOST_REASON = 123
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Broken(Exception):
    """The client does not keep to the rules; the code is what it is told."""

    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.reason = reason


def accept_key(key):
    return base64.b64encode(hashlib.sha1(key + _GUID).digest()).decode()


def refusal(headers):
    """Why a request cannot become a WebSocket, as (status, text, header fields); None if it can.

    :param headers: as pairs of bytes, names in lower case
    """
    versions = [value for name, value in headers if name == b"sec-websocket-version"]
    if versions != [b"13"]:
        return 426, b"This server speaks version 13 of WebSocket.", [(b"sec-websocket-version", b"13")]
    keys = [value for name, value in headers if name == b"sec-websocket-key"]
    try:
        if len(keys) == 1 and len(base64.b64decode(keys[0], validate=True)) == 16:
            return None
    except binascii.Error:
        pass
    return 400, b"A WebSocket needs one Sec-WebSocket-Key of 16 bytes.", []


def frame(kind, payload):
    size = len(payload)
    if size < 126:
        return bytes((0x80 | kind, size)) + payload
    if size < 65536:
        return bytes((0x80 | kind, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x80 | kind, 127)) + size.to_bytes(8, "big") + payload


def close_frame(code, reason=""):
    if code == NO_STATUS:
        return frame(CLOSE, b"")
    # A reason that is cut ends with a whole character.
    text = reason.encode()[:MOST_REASON].decode("utf-8", "ignore")
    return frame(CLOSE, code.to_bytes(2, "big") + text.encode())


def unmask(payload, mask):
    """As one operation on large integers, which is what CPython does fast."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(key, "little")).to_bytes(size, "little")


class Parser:
    """Takes what arrived and gives out events: TEXT as str, BINARY as bytes, PING, PONG, CLOSE as (code, reason)."""

    def __init__(self, longest=LONGEST_MESSAGE):
        self._longest = longest
        self._buffer = bytearray()
        self._parts = []
        self._kind = None
        self._size = 0

    def feed(self, data, give):
        """Calls `give(kind, payload)` for each event, until it returns False."""
        self._buffer += data
        while True:
            event = self._next()
            if event is None or (event[0] is not None and give(*event) is False):
                return

    def _next(self):
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        first, second = buffer[0], buffer[1]
        kind = first & 0x0F
        is_last = bool(first & 0x80)
        if first & 0x70:
            raise Broken(PROTOCOL_ERROR, "reserved bits are set")
        if not second & 0x80:
            raise Broken(PROTOCOL_ERROR, "a frame is not masked")
        size = second & 0x7F
        at = 2
        if kind >= 8 and (size > 125 or not is_last):
            raise Broken(PROTOCOL_ERROR, "a control frame is too long or in pieces")
        if kind not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
            raise Broken(PROTOCOL_ERROR, f"unknown kind of frame {kind}")
        if size == 126:
            at, size = 4, int.from_bytes(buffer[2:4], "big") if len(buffer) >= 4 else 0
        elif size == 127:
            at, size = 10, int.from_bytes(buffer[2:10], "big") if len(buffer) >= 10 else 0
        if len(buffer) < at + 4:
            return None
        if kind < 8 and size + self._size > self._longest:
            raise Broken(TOO_BIG, "a message is too long")
        end = at + 4 + size
        if len(buffer) < end:
            return None
        payload = unmask(bytes(buffer[at + 4:end]), bytes(buffer[at:at + 4])) if size else b""
        del buffer[:end]
        return self._control(kind, payload) if kind >= 8 else self._data(kind, payload, is_last)

    def _data(self, kind, payload, is_last):
        if (kind == CONTINUATION) != (self._kind is not None):
            raise Broken(PROTOCOL_ERROR, "frames of a message are out of order")
        if kind != CONTINUATION:
            self._kind = kind
        self._parts.append(payload)
        self._size += len(payload)
        if len(self._parts) >= MOST_PARTS:
            # A message in a great many tiny pieces would take far more memory than it is long.
            self._parts = [b"".join(self._parts)]
        if not is_last:
            return None, None
        kind, whole = self._kind, payload if len(self._parts) == 1 else b"".join(self._parts)
        self._parts, self._kind, self._size = [], None, 0
        if kind == TEXT:
            try:
                return TEXT, whole.decode("utf-8")
            except UnicodeDecodeError:
                raise Broken(BAD_DATA, "a text is not UTF-8") from None
        return BINARY, whole

    def _control(self, kind, payload):
        if kind != CLOSE:
            return kind, payload
        if not payload:
            return CLOSE, (NO_STATUS, "")
        if len(payload) == 1:
            raise Broken(PROTOCOL_ERROR, "a close frame has half a code")
        code = int.from_bytes(payload[:2], "big")
        if not (1000 <= code <= 1014 and code not in (1004, 1005, 1006) or 3000 <= code <= 4999):
            raise Broken(PROTOCOL_ERROR, f"a close frame has the code {code}")
        try:
            return CLOSE, (code, payload[2:].decode("utf-8"))
        except UnicodeDecodeError:
            raise Broken(BAD_DATA, "a reason is not UTF-8") from None
