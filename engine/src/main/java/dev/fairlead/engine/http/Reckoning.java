package dev.fairlead.engine.http;

import dev.fairlead.engine.tally.Count;
import dev.fairlead.engine.tally.Tally;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Puts what became of a request into the tallies of the listener it came in by, the part it was given to and the
/// servers that were tried.
final class Reckoning {
    private static final int UNAVAILABLE = 503;

    private Reckoning() {}

    static void of(Exchange exchange) {
        Tally front = exchange.front();
        if (front == null) {
            return;
        }
        boolean isAnswered =
                exchange.response().isStarted() || exchange.counters().headBytesSent() > 0;
        Count status = isAnswered ? Count.ofStatus(exchange.response().status()) : Count.STATUS_OTHER;
        front.add(Count.REQUESTS);
        request(front, exchange, status);
        Tally back = exchange.back();
        if (back == null) {
            front.add(intercepted(exchange));
            return;
        }
        back.add(Count.REQUESTS);
        request(back, exchange, status);
        servers(exchange, back);
        back.leave();
    }

    /// How a request counts that no part was asked to answer.
    private static Count intercepted(Exchange exchange) {
        boolean isRefused = Ending.of(exchange).equals("PR");
        return !isRefused
                ? Count.INTERCEPTED
                : exchange.response().status() == 400 ? Count.BAD_REQUESTS : Count.DENIED_REQUESTS;
    }

    private static void request(Tally tally, Exchange exchange, Count status) {
        tally.add(status);
        bytes(tally, exchange);
    }

    private static void bytes(Tally tally, Exchange exchange) {
        Counters counters = exchange.counters();
        tally.add(Count.BYTES_IN, counters.requestBytes());
        tally.add(Count.BYTES_OUT, counters.headBytesSent() + counters.bodyBytesSent());
        if (!counters.isComplete()) {
            tally.add(Count.CLIENT_ABORTS);
        }
    }

    private static void servers(Exchange exchange, Tally back) {
        List<UpstreamFacts.Attempt> attempts = exchange.upstream().attempts();
        if (attempts.isEmpty() && exchange.response().status() == UNAVAILABLE) {
            back.add(Count.CONNECT_ERRORS);
        }
        UpstreamFacts.@Nullable Attempt before = null;
        for (int i = 0; i < attempts.size(); i++) {
            UpstreamFacts.Attempt attempt = attempts.get(i);
            Tally server = attempt.tally();
            if (server == null) {
                if (i == 0) {
                    back.add(Count.CONNECT_ERRORS);
                }
                continue;
            }
            if (before != null) {
                again(before, attempt, back);
            }
            if (before == null || !before.server().equals(attempt.server())) {
                server.add(Count.CHOSEN);
                back.add(Count.CHOSEN);
            }
            tried(attempt, server, back);
            before = attempt;
        }
        if (before != null && before.tally() != null) {
            Tally last = before.tally();
            last.add(Count.REQUESTS);
            if (before.connectNanos() < 0) {
                last.add(Count.CONNECT_ERRORS);
                back.add(Count.CONNECT_ERRORS);
            }
            bytes(last, exchange);
            times(before, last, back, exchange);
        }
    }

    private static void again(UpstreamFacts.Attempt before, UpstreamFacts.Attempt attempt, Tally back) {
        Tally failed = before.tally();
        Count what = before.server().equals(attempt.server()) ? Count.RETRIES : Count.REDISPATCHES;
        back.add(what);
        if (failed != null) {
            failed.add(what);
        }
    }

    private static void tried(UpstreamFacts.Attempt attempt, Tally server, Tally back) {
        server.add(Count.SESSIONS);
        if (attempt.connectNanos() < 0) {
            // Connecting failed: an error only where it was the last try.
            server.add(Count.CONNECTS);
            back.add(Count.CONNECTS);
            return;
        }
        Count how = attempt.connectNanos() == 0 ? Count.REUSES : Count.CONNECTS;
        server.add(how);
        back.add(how);
        if (attempt.headerNanos() < 0) {
            server.add(Count.ANSWER_ERRORS);
            back.add(Count.ANSWER_ERRORS);
        } else {
            server.add(Count.ofStatus(attempt.status()));
        }
    }

    private static void times(UpstreamFacts.Attempt attempt, Tally server, Tally back, Exchange exchange) {
        long connect = millis(attempt.connectNanos());
        long answer = Math.max(0, millis(attempt.headerNanos()) - connect);
        long whole = millis(attempt.responseNanos());
        server.took(0, connect, answer, whole);
        back.took(0, connect, answer, whole);
        long now = exchange.counters().startedWallMillis() + whole;
        server.last(now);
        back.last(now);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
    }
}
