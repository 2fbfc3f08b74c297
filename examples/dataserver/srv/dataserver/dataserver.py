"""Texts, search in them, and notes about them that everybody sees at once.

A WSGI application of the standard library. Where python-socketio, gevent and gevent-websocket are installed, notes are pushed to
browsers over a WebSocket; where they are not, browsers ask for them.
"""

import json
import os
import threading
import urllib.parse

import texts

try:
    import gevent  # noqa: F401  (what socketio's gevent mode needs)
    import geventwebsocket  # noqa: F401
    import socketio
except ImportError:
    socketio = None

LONGEST_NOTE = 500
MOST_NOTES = 100

notes = []
guard = threading.Lock()
push = socketio.Server(async_mode="gevent") if socketio else None


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


def about(environ):
    """How a request came here, and who answers it."""
    return {
        "host": environ.get("HTTP_HOST", ""),
        "for": environ.get("HTTP_X_FORWARDED_FOR", ""),
        "peer": environ.get("REMOTE_ADDR", ""),
        "worker": os.getpid(),
        "pushes": push is not None,
    }


def library(environ, name):
    if not name:
        return [{"name": each, "title": title} for each, (title, _) in texts.TEXTS.items()]
    if name not in texts.TEXTS:
        raise Refused("404 Not Found", f"there is no text {name}")
    title, text = texts.TEXTS[name]
    return {"name": name, "title": title, "text": text}


def search(environ, word):
    if not word:
        raise Refused("400 Bad Request", "search for what?")
    return texts.found(word)


def list_notes(environ):
    since = urllib.parse.parse_qs(environ.get("QUERY_STRING", "")).get("since", ["0"])[0]
    if not since.isdigit():
        raise Refused("400 Bad Request", "since is the number of a note")
    with guard:
        return [note for note in notes if note["number"] > int(since)]


def add_note(environ):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        text = json.loads(body)["text"].strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("400 Bad Request", 'a note is {"text": "..."}') from None
    if not 0 < len(text) <= LONGEST_NOTE:
        raise Refused("400 Bad Request", f"a note has 1 to {LONGEST_NOTE} characters")
    with guard:
        note = {"number": notes[-1]["number"] + 1 if notes else 1, "text": text}
        notes.append(note)
        del notes[:-MOST_NOTES]
    if push:
        push.emit("note", note)
    return note


def answered(environ):
    path = environ.get("PATH_INFO", "")
    method = environ["REQUEST_METHOD"]
    if path == "/dataserver/notes" and method == "POST":
        return add_note(environ)
    if method not in ("GET", "HEAD"):
        raise Refused("405 Method Not Allowed", f"{method} is not for {path}")
    if path == "/dataserver/notes":
        return list_notes(environ)
    if path == "/dataserver/about":
        return about(environ)
    for prefix, page in (("/library/", library), ("/search/", search)):
        if path.startswith(prefix):
            return page(environ, path[len(prefix) :])
    raise Refused("404 Not Found", f"there is nothing at {path}")


def pages(environ, start_response):
    status, value = "200 OK", None
    try:
        value = answered(environ)
    except Refused as refused:
        status, value = refused.status, {"error": str(refused)}
    body = json.dumps(value, indent=1).encode() + b"\n"
    start_response(
        status,
        [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")],
    )
    return [body] if environ["REQUEST_METHOD"] != "HEAD" else []


application = socketio.WSGIApp(push, pages) if socketio else pages
