"""Which module runs which kind of worker."""

import importlib

MODULES = {
    "sync": "kind_sync", "gthread": "kind_threads", "gevent": "kind_gevent", "eventlet": "kind_eventlet", "asgi": "kind_asgi",
}


def module(kind):
    return importlib.import_module("fairlead_worker." + MODULES[kind])
