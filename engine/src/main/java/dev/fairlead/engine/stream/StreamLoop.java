package dev.fairlead.engine.stream;

import dev.fairlead.engine.http.ConnectionInfo;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenConnections;
import dev.fairlead.engine.http.Traffic;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;

/// What the connections of one event loop share. Belongs to that loop.
final class StreamLoop {
    private final EventLoop loop;
    private final Clock clock;
    private final Traffic.OfLoop counters;
    private final Upstreams upstreams;
    private final PresentConnection present;
    private final OpenConnections<StreamSession> open;

    StreamLoop(EventLoop loop, Clock clock, Traffic.OfLoop counters, Upstreams upstreams, int maxConnections) {
        this.loop = loop;
        this.clock = clock;
        this.counters = counters;
        this.upstreams = upstreams;
        this.open = new OpenConnections<>(counters, maxConnections);
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

    OpenConnections<StreamSession> open() {
        return open;
    }
}
