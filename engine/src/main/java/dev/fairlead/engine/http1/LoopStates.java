package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Traffic;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;

/// The state of each event loop. Never changes once made; safe for use by several threads.
public final class LoopStates {
    private final IdentityHashMap<EventLoop, LoopState> states = new IdentityHashMap<>();

    /// @param maxConnections most client connections per loop
    public LoopStates(Loops loops, Clock clock, Traffic counters, int maxConnections) {
        for (EventLoop loop : loops.all()) {
            states.put(loop, new LoopState(loop, clock, counters.register(), maxConnections));
        }
    }

    /// @param loop one of those the states were made for
    public LoopState of(EventLoop loop) {
        LoopState state = states.get(loop);
        if (state == null) {
            throw new IllegalArgumentException("a loop of another group");
        }
        return state;
    }
}
