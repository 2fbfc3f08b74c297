"""Heads of answers: what an ASGI application says as status and header fields, checked and encoded."""

import re
from http import HTTPStatus

from fairlead_worker import channel, wsgi

MOST_KNOWN_LINES = 1024
LONGEST_KNOWN_LINE = 128

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_lines = {}
_pack_response = channel.response_header.pack


def whole(request, head, body):
    """A RESPONSE frame."""
    return _pack_response(len(head) + len(body) + 4, channel.RESPONSE | request << 8, len(head)) + head + body


def plain(request, status, text, headers=()):
    """A RESPONSE frame with a line of text."""
    fields = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode()), *headers]
    return whole(request, encode(status, fields)[0], text)


def encode(status, headers):
    """The head as traffic takes it, and the length of body it announces; -1 for none. Refuses what would break it."""
    first = _STATUS_LINES.get(status)
    if first is None:
        if type(status) is not int or not 200 <= status <= 999:
            raise ValueError(f"the status is {status!r}, it has to be a number from 200 to 999")
        first = b"%d \r\n" % status
    elif status < 200:
        raise ValueError(f"the status of an answer cannot be {status}")
    lines = [first]
    left = -1
    for name, value in headers:
        try:
            known = _lines.get((name, value))
        except TypeError:
            # Not bytes: something that cannot be a key.
            known = None
        if known is None:
            known = line(name, value)
        if known[1] >= 0:
            left = known[1]
        lines.append(known[0])
    lines.append(b"\r\n")
    return b"".join(lines), left


def line(name, value):
    """One field as it is sent, and the length it announces. Fields that are told again and again are kept."""
    if isinstance(name, str) or isinstance(value, str):
        raise TypeError(f"the header {name!r} is text, names and values have to be bytes")
    name, value = bytes(name), bytes(value)
    wsgi.check_name(name.decode("latin-1"))
    text = value.strip(b" \t")
    if _FORBIDDEN.search(text):
        raise ValueError(f"the value of {name.decode('latin-1')} holds a control character: {value!r}")
    lower = name.lower().decode("latin-1")
    left = wsgi.content_length(text.decode("latin-1")) if lower == "content-length" else -1
    sent = b"" if lower in wsgi.HOP_BY_HOP else name + b": " + text + b"\r\n"
    if len(sent) <= LONGEST_KNOWN_LINE and lower != "set-cookie":
        if len(_lines) >= MOST_KNOWN_LINES:
            _lines.clear()
        _lines[name, value] = sent, left
    return sent, left
