package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.engine.http.SessionFacts;
import dev.fairlead.engine.http.Traffic;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the connections of one event loop share: caches, the present date, counters. Belongs to that loop.
final class LoopState {
    private final EventLoop loop;
    private final Clock clock;
    private final Traffic.OfLoop counters;
    private final TextCache<RequestTarget> targets = new TextCache<>(1024, 256);
    private final TextCache<RequestTarget> unmergedTargets = new TextCache<>(64, 256);
    private final TextCache<RequestTarget> rawTargets = new TextCache<>(512, 256);
    private final TextCache<String> hosts = new TextCache<>(256, 256);
    private final HeadScratch scratch = new HeadScratch();
    private final List<Http1Connection> connections = new ArrayList<>();
    private final DateField date;
    private final int maxConnections;
    private boolean isDraining;
    private @Nullable Runnable onDrained;

    /// @param maxConnections most client connections of this loop
    LoopState(EventLoop loop, Clock clock, Traffic.OfLoop counters, int maxConnections) {
        this.loop = loop;
        this.clock = clock;
        this.counters = counters;
        this.date = new DateField(clock);
        this.maxConnections = maxConnections;
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

    /// Those that were taken apart in the same way.
    TextCache<RequestTarget> targets(HeadReading reading) {
        if (reading.pathsAsReceived()) {
            return rawTargets;
        }
        return reading.mergeSlashes() ? targets : unmergedTargets;
    }

    TextCache<String> hosts() {
        return hosts;
    }

    HeadScratch scratch() {
        return scratch;
    }

    DateField date() {
        return date;
    }

    boolean hasRoom() {
        return counters.active() < maxConnections;
    }

    /// Whether connections end behind their present request.
    boolean isDraining() {
        return isDraining;
    }

    /// @return the connection's place, for [#removed]
    int added(Http1Connection connection) {
        counters.opened();
        connections.add(connection);
        return connections.size() - 1;
    }

    void removed(int place) {
        Http1Connection last = connections.removeLast();
        if (place < connections.size()) {
            connections.set(place, last);
            last.movedTo(place);
        }
        counters.closed();
        reportIfDrained();
    }

    /// From now on connections end: idle ones at once, others behind their request.
    void drain(Runnable whenEmpty) {
        isDraining = true;
        onDrained = whenEmpty;
        closeIdle();
        reportIfDrained();
    }

    /// Ends connections that wait for a request and whose listener is gone, or all that wait while draining.
    void closeIdle() {
        for (Http1Connection connection : List.copyOf(connections)) {
            connection.closeIfIdle();
        }
    }

    /// The connections that have a request.
    List<SessionFacts> sessions() {
        List<SessionFacts> all = new ArrayList<>();
        for (Http1Connection connection : connections) {
            SessionFacts session = connection.session();
            if (session != null) {
                all.add(session);
            }
        }
        return all;
    }

    /// Ends the connections whose request an operator wants to end.
    ///
    /// @return how many there were
    int end(Predicate<SessionFacts> wanted) {
        int count = 0;
        for (Http1Connection connection : List.copyOf(connections)) {
            SessionFacts session = connection.session();
            if (session != null && wanted.test(session)) {
                connection.closeNow();
                count++;
            }
        }
        return count;
    }

    private void reportIfDrained() {
        Runnable action = onDrained;
        if (action != null && connections.isEmpty()) {
            onDrained = null;
            action.run();
        }
    }
}
