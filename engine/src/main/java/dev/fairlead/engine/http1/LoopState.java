package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.engine.http.Traffic;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;

/// What the connections of one event loop share: caches, the present date, counters.
public final class LoopState {
    private final EventLoop loop;
    private final Clock clock;
    private final Traffic.OfLoop counters;
    private final TextCache<RequestTarget> targets = new TextCache<>(1024, 256);
    private final TextCache<RequestTarget> unmergedTargets = new TextCache<>(64, 256);
    private final TextCache<String> hosts = new TextCache<>(256, 256);
    private final HeadScratch scratch = new HeadScratch();
    private final DateField date;
    private final int maxConnections;

    /// @param maxConnections most client connections of this loop
    public LoopState(EventLoop loop, Clock clock, Traffic.OfLoop counters, int maxConnections) {
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

    TextCache<RequestTarget> targets(boolean mergeSlashes) {
        return mergeSlashes ? targets : unmergedTargets;
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
}
