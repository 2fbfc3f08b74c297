package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.stick.Tracks;
import dev.fairlead.engine.tally.Count;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.upstream.StreamServers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is counted of one client connection: its bytes, and what each server did that it was given to.
final class Reckoning {
    private @Nullable List<UpstreamFacts.Attempt> attempts;
    private long received;
    private long sent;

    void received(int bytes) {
        received += bytes;
    }

    void sent(int bytes) {
        sent += bytes;
    }

    UpstreamFacts.Attempt attempt(String server) {
        return add(new UpstreamFacts.Attempt(server));
    }

    /// @param back the backend's; null if nobody counts by backends
    UpstreamFacts.Attempt attempt(StreamServers.Search found, @Nullable Tally back) {
        UpstreamFacts.Attempt attempt =
                new UpstreamFacts.Attempt(found.name(), found.shownName(), found.tally(), found.load());
        attempt.number(found.number());
        found.tally().add(Count.SESSIONS);
        found.tally().add(Count.CHOSEN);
        if (back != null) {
            back.add(Count.CHOSEN);
        }
        return add(attempt);
    }

    private UpstreamFacts.Attempt add(UpstreamFacts.Attempt attempt) {
        List<UpstreamFacts.Attempt> all = attempts;
        if (all == null) {
            all = new ArrayList<>(1);
            attempts = all;
        }
        all.add(attempt);
        return attempt;
    }

    /// Counts the bytes where the connection is tracked, which is over.
    void settle(Tracks tracks) {
        tracks.connectionEnded(received, sent);
    }

    /// Puts what became of the connection into the tallies.
    ///
    /// @param front the frontend's
    /// @param back the backend's; null if there was none
    void settle(Tally front, @Nullable Tally back, long nowMillis) {
        front.leave();
        count(front, nowMillis);
        if (back != null) {
            back.leave();
            count(back, nowMillis);
        }
        List<UpstreamFacts.Attempt> tried = attempts;
        if (tried != null) {
            for (UpstreamFacts.Attempt attempt : tried) {
                settle(attempt, back, nowMillis);
            }
        }
    }

    private static void settle(UpstreamFacts.Attempt attempt, @Nullable Tally back, long nowMillis) {
        Count outcome = attempt.connectNanos() < 0 ? Count.CONNECT_ERRORS : Count.CONNECTS;
        Tally server = attempt.tally();
        if (server != null) {
            server.add(outcome);
            server.add(Count.BYTES_IN, attempt.bytesSent());
            server.add(Count.BYTES_OUT, attempt.bytesReceived());
            server.last(nowMillis);
        }
        if (back != null) {
            back.add(outcome);
        }
    }

    private void count(Tally tally, long nowMillis) {
        tally.add(Count.BYTES_IN, received);
        tally.add(Count.BYTES_OUT, sent);
        tally.last(nowMillis);
    }

    /// The server that has it, or had it last; empty if none did.
    String lastServer() {
        List<UpstreamFacts.Attempt> tried = attempts;
        return tried == null ? "" : tried.getLast().server();
    }

    /// For the log.
    void tell(Exchange exchange) {
        exchange.counters().addRequestBytes(received);
        exchange.counters().addBodySent(sent);
        List<UpstreamFacts.Attempt> tried = attempts;
        if (tried != null) {
            tried.forEach(exchange.upstream()::add);
        }
    }
}
