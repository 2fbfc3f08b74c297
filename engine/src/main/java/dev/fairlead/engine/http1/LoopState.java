package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.OpenConnections;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.engine.http.field.SpareFields;
import dev.fairlead.model.http.HeadReading;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;

/// What the connections of one event loop share: caches, the present date, counters. Belongs to that loop.
final class LoopState {
    private final EventLoop loop;
    private final Clock clock;
    private final Traffic.OfLoop counters;
    private final TextCache<RequestTarget> targets = new TextCache<>(1024, 256);
    private final TextCache<RequestTarget> unmergedTargets = new TextCache<>(64, 256);
    private final TextCache<RequestTarget> rawTargets = new TextCache<>(512, 256);
    private final TextCache<String> hosts = new TextCache<>(1024, 256);
    private final HeadScratch scratch = new HeadScratch();
    private final SpareFields spareFields = new SpareFields();
    private final OpenConnections<Http1Connection> open;
    private final DateField date;

    /// @param maxConnections most client connections of this loop
    LoopState(EventLoop loop, Clock clock, Traffic.OfLoop counters, int maxConnections) {
        this.loop = loop;
        this.clock = clock;
        this.counters = counters;
        this.date = new DateField(clock);
        this.open = new OpenConnections<>(counters, maxConnections);
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

    SpareFields spareFields() {
        return spareFields;
    }

    DateField date() {
        return date;
    }

    OpenConnections<Http1Connection> open() {
        return open;
    }

    /// From now on connections end behind their request; idle ones only once they are told to.
    void drain(Runnable whenEmpty) {
        open.drain(whenEmpty);
    }

    /// Ends connections that wait for a request and whose listener is gone, or all that wait while draining.
    void closeIdle() {
        open.all().forEach(Http1Connection::closeIfIdle);
    }
}
