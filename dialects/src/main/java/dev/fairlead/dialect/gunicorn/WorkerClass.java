package dev.fairlead.dialect.gunicorn;

import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.unit.Suggestion;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// gunicorn's worker classes by their names.
final class WorkerClass {
    private static final Map<String, WorkerKind> NAMES = Map.ofEntries(
            Map.entry("sync", WorkerKind.SYNC),
            Map.entry("gunicorn.workers.sync.SyncWorker", WorkerKind.SYNC),
            Map.entry("gthread", WorkerKind.THREADS),
            Map.entry("gunicorn.workers.gthread.ThreadWorker", WorkerKind.THREADS),
            Map.entry("gevent", WorkerKind.GEVENT),
            Map.entry("egg:gunicorn#gevent", WorkerKind.GEVENT),
            Map.entry("gunicorn.workers.ggevent.GeventWorker", WorkerKind.GEVENT),
            Map.entry("gevent_wsgi", WorkerKind.GEVENT),
            Map.entry("gevent_pywsgi", WorkerKind.GEVENT),
            Map.entry("gunicorn.workers.ggevent.GeventPyWSGIWorker", WorkerKind.GEVENT),
            Map.entry("geventwebsocket.gunicorn.workers.GeventWebSocketWorker", WorkerKind.GEVENT),
            Map.entry("eventlet", WorkerKind.EVENTLET),
            Map.entry("egg:gunicorn#eventlet", WorkerKind.EVENTLET),
            Map.entry("gunicorn.workers.geventlet.EventletWorker", WorkerKind.EVENTLET),
            Map.entry("asgi", WorkerKind.ASGI),
            Map.entry("gunicorn.workers.gasgi.ASGIWorker", WorkerKind.ASGI),
            Map.entry("uvicorn.workers.UvicornWorker", WorkerKind.ASGI),
            Map.entry("uvicorn.workers.UvicornH11Worker", WorkerKind.ASGI),
            Map.entry("uvicorn_worker.UvicornWorker", WorkerKind.ASGI),
            Map.entry("uvicorn_worker.UvicornH11Worker", WorkerKind.ASGI));

    /// What gunicorn has beside them.
    private static final Set<String> ELSEWHERE = Set.of("tornado");

    private static final String ONES_OWN =
            "a class of one's own talks to clients itself, and here traffic does; use sync, gthread, gevent,"
                    + " eventlet or asgi, and the hooks of the configuration file";

    private WorkerClass() {}

    /// Says that there is no such class, where gunicorn itself would find none.
    static void check(String name) throws Fault {
        if (!NAMES.containsKey(name) && !ELSEWHERE.contains(name) && name.matches("[A-Za-z0-9_-]+")) {
            throw unknown(name);
        }
    }

    private static Fault unknown(String name) {
        String near = Suggestion.nearest(name, NAMES.keySet())
                .map(found -> " (did you mean " + found + "?)")
                .orElse("");
        return new Fault(1, "Error: class uri '" + name + "' invalid or not found" + near);
    }

    /// @throws Fault naming the class and why it cannot be honoured
    static WorkerKind of(String name, long threads) throws Fault {
        WorkerKind kind = NAMES.get(name);
        if (kind == null && name.substring(name.lastIndexOf('.') + 1).contains("Uvicorn")) {
            // Classes derived from uvicorn's say how it is to be set up, and are called so.
            return WorkerKind.ASGI;
        }
        if (kind == null) {
            String why = reason(name.toLowerCase(Locale.ROOT));
            if (why.equals(ONES_OWN) && Suggestion.nearest(name, NAMES.keySet()).isPresent()) {
                throw unknown(name);
            }
            throw new Fault(1, "Error: class uri '" + name + "' cannot be honoured: " + why);
        }
        return kind == WorkerKind.SYNC && threads > 1 ? WorkerKind.THREADS : kind;
    }

    /// Why a class is not honoured, and what to do.
    ///
    /// @param name in lower case
    private static String reason(String name) {
        if (name.contains("tornado")) {
            return "tornado applications bring their own server; run them as a service of their own";
        }
        if (name.contains("aiohttp")) {
            return "aiohttp's applications are neither of WSGI nor of ASGI and bring their own server; run them as a service"
                    + " of their own (python3 -m aiohttp.web -P PORT MODULE:FUNCTION) and forward requests to it";
        }
        if (name.startsWith("sanic.")) {
            return "Sanic's applications are of ASGI as well; use asgi";
        }
        if (name.contains("meinheld")) {
            return "it runs what sync and gthread run; use one of these";
        }
        return ONES_OWN;
    }
}
