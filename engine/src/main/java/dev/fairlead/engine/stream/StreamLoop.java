package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.ConnectionInfo;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.SessionFacts;
import dev.fairlead.engine.http.Traffic;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the connections of one event loop share. Belongs to that loop.
final class StreamLoop {
    private final EventLoop loop;
    private final Clock clock;
    private final Traffic.OfLoop counters;
    private final Upstreams upstreams;
    private final int maxConnections;
    private final PresentConnection present;
    private final List<StreamSession> sessions = new ArrayList<>();
    private boolean isDraining;
    private @Nullable Runnable onDrained;

    StreamLoop(EventLoop loop, Clock clock, Traffic.OfLoop counters, Upstreams upstreams, int maxConnections) {
        this.loop = loop;
        this.clock = clock;
        this.counters = counters;
        this.upstreams = upstreams;
        this.maxConnections = maxConnections;
        this.present = new PresentConnection(loop);
    }

    EventLoop loop() {
        return loop;
    }

    Clock clock() {
        return clock;
    }

    Traffic.OfLoop counters() {
        return counters;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    /// For texts about a connection. Valid until the next call.
    Exchange exchange(ConnectionInfo connection) {
        return present.of(connection);
    }

    boolean hasRoom() {
        return counters.active() < maxConnections;
    }

    boolean isDraining() {
        return isDraining;
    }

    /// @return the session's place, for [#removed]
    int added(StreamSession session) {
        counters.opened();
        sessions.add(session);
        return sessions.size() - 1;
    }

    void removed(int place) {
        StreamSession last = sessions.removeLast();
        if (place < sessions.size()) {
            sessions.set(place, last);
            last.movedTo(place);
        }
        counters.closed();
        reportIfDrained();
    }

    /// New connections are refused; those that are there go on until one side ends them.
    void drain(Runnable whenEmpty) {
        isDraining = true;
        onDrained = whenEmpty;
        reportIfDrained();
    }

    List<SessionFacts> sessions() {
        return sessions.stream().map(StreamSession::session).toList();
    }

    /// Ends connections that an operator wants to end.
    ///
    /// @return how many there were
    int end(Predicate<SessionFacts> wanted) {
        int count = 0;
        for (StreamSession session : List.copyOf(sessions)) {
            if (wanted.test(session.session())) {
                session.close();
                count++;
            }
        }
        return count;
    }

    private void reportIfDrained() {
        Runnable action = onDrained;
        if (action != null && sessions.isEmpty()) {
            onDrained = null;
            action.run();
        }
    }
}
