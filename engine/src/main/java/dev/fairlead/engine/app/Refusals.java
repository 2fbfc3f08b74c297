package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.worker.WorkerEnd;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a client is answered that gets no answer of the application, and what the error log says about it.
final class Refusals {
    private static final int MOST_TRIES = 2;

    private Refusals() {}

    /// No worker can have the request.
    static void busy(Exchange of, ApplicationRules by, String why) {
        by.pool().countRefused();
        String application = by.application().name();
        of.place().report(of, LogLevel.ERROR, why + " of application \"" + application + "\"");
        Fields later = new Fields(32);
        later.add(FieldName.RETRY_AFTER, "1");
        of.response().carry(later, 0);
        of.fail(503);
    }

    /// A worker's answer is none.
    static void unsound(Exchange of, WorkerProcess at) {
        failed(of, at.name() + " sent no valid answer", 502);
    }

    /// A worker took too long.
    ///
    /// @param limitNanos what it was allowed
    static void late(Exchange of, WorkerProcess at, long limitNanos) {
        failed(of, at.name() + " took longer than " + seconds(limitNanos) + " and is killed", 504);
    }

    /// Says why, and answers with the status; an answer that has begun is broken off.
    static void failed(Exchange of, String why, int status) {
        of.place().report(of, LogLevel.ERROR, why);
        of.fail(status);
    }

    /// What a request is called in messages.
    static String name(@Nullable Exchange of) {
        return of == null
                ? "a request whose client had left"
                : of.head().methodText() + " " + of.head().target().raw();
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3g s", nanos / 1e9);
    }

    /// Whether a request that a worker may have begun may go to another: once, if it may be done twice, unless
    /// it may be what ended the worker.
    ///
    /// @param tries so far
    static boolean isSafeAgain(Exchange of, WorkerEnd how, int tries) {
        boolean isIdempotent = switch (of.head().method()) {
            case GET, HEAD, PUT, DELETE, OPTIONS, TRACE, PROPFIND -> true;
            case POST, PATCH, CONNECT, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK, OTHER -> false;
        };
        return isIdempotent && how.retryable() && tries < MOST_TRIES;
    }
}
