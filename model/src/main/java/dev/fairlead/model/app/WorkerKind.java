package dev.fairlead.model.app;

/// How a worker process runs requests.
public enum WorkerKind {
    /// WSGI, one at a time.
    SYNC("sync"),
    /// WSGI, each in a thread of a pool.
    THREADS("gthread"),
    /// WSGI, each in a greenlet of gevent.
    GEVENT("gevent"),
    /// WSGI, each in a green thread of eventlet.
    EVENTLET("eventlet"),
    /// ASGI, on one asyncio loop.
    ASGI("asgi");

    private final String word;

    WorkerKind(String word) {
        this.word = word;
    }

    /// The name used in configurations and on the worker's command line.
    public String word() {
        return word;
    }

    public boolean isWsgi() {
        return this != ASGI;
    }
}
