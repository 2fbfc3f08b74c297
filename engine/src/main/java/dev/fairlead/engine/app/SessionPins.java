package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which worker began which Socket.IO session (Engine.IO: the server's first answer names a `sid`, which the client
/// puts into the query of all further requests). Only these requests come here; the lock is held for a look-up.
final class SessionPins {
    private static final int MOST = 100_000;
    private static final String SESSION = "sid=";
    private static final String PROTOCOL = "EIO=";
    private static final String NAMED = "\"sid\":\"";
    private static final int LONGEST_SESSION = 128;

    private final Map<String, WorkerProcess> workers =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, WorkerProcess> eldest) {
                    return size() > MOST;
                }
            });

    /// Whether the request belongs to such a protocol at all.
    static boolean concerns(Exchange exchange) {
        return !exchange.query().isEmpty() && exchange.query().contains(PROTOCOL);
    }

    /// The worker that the session of the request belongs to, if it is known.
    @Nullable
    WorkerProcess worker(Exchange exchange) {
        String session = session(exchange.query());
        return session.isEmpty() ? null : workers.get(session);
    }

    static boolean hasSession(Exchange exchange) {
        return !session(exchange.query()).isEmpty();
    }

    private static String session(String query) {
        int at = query.startsWith(SESSION) ? 0 : query.indexOf("&" + SESSION) + 1;
        if (at == 0 && !query.startsWith(SESSION)) {
            return "";
        }
        int start = at + SESSION.length();
        int end = query.indexOf('&', start);
        return query.substring(start, end < 0 ? query.length() : end);
    }

    /// Looks for the session that the beginning of an answer's body names.
    void learn(ByteBuf body, WorkerProcess worker) {
        int count = Math.min(body.readableBytes(), 512);
        String text = body.toString(body.readerIndex(), count, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(NAMED);
        int end = at < 0 ? -1 : text.indexOf('"', at + NAMED.length());
        if (end > 0 && end - at < LONGEST_SESSION) {
            workers.put(text.substring(at + NAMED.length(), end), worker);
        }
    }

    void forget(WorkerProcess worker) {
        workers.values().removeIf(other -> other == worker);
    }
}
