package dev.fairlead.engine.stream;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.OpenConnections;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;

/// What the connections of one event loop share. Belongs to that loop.
final class StreamLoop {
    /// Each takes four descriptors, which are wanted for connections, too.
    private static final int CONNECTIONS_TO_A_SHORTCUT = 16;

    private static final int MOST_SHORTCUTS = 1024;

    private final EventLoop loop;
    private final Clock clock;
    private final Traffic.OfLoop counters;
    private final Upstreams upstreams;
    private final PresentConnection present;
    private final OpenConnections<StreamSession> open;
    private final int mostShortcuts;
    private int shortcuts;

    StreamLoop(EventLoop loop, Clock clock, Traffic.OfLoop counters, Upstreams upstreams, int maxConnections) {
        this.loop = loop;
        this.clock = clock;
        this.counters = counters;
        this.upstreams = upstreams;
        this.open = new OpenConnections<>(counters, maxConnections);
        this.present = new PresentConnection(loop);
        this.mostShortcuts = Math.clamp(maxConnections / CONNECTIONS_TO_A_SHORTCUT, 4, MOST_SHORTCUTS);
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
    ///
    /// @param client who it is from
    Exchange exchange(ConnectionInfo connection, Peer client) {
        return present.of(connection, client);
    }

    OpenConnections<StreamSession> open() {
        return open;
    }

    /// Whether one more direction may have a [Shortcut].
    boolean mayTakeShortcut() {
        return shortcuts < mostShortcuts;
    }

    void countShortcuts(int change) {
        shortcuts += change;
    }
}
