"""How gunicorn runs the application: with WebSockets and greenlets where Python has what that takes, else with threads."""

import importlib.util


def has(name):
    return importlib.util.find_spec(name) is not None


if has("gevent") and has("geventwebsocket") and has("socketio"):
    worker_class = "geventwebsocket.gunicorn.workers.GeventWebSocketWorker"
else:
    worker_class = "gthread"
    threads = 8

# Notes are in the memory of the one worker.
workers = 1
