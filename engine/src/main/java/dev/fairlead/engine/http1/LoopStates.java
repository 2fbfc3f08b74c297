package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// The state of each event loop. Never changes once made; safe for use by several threads.
public final class LoopStates {
    private final IdentityHashMap<EventLoop, LoopState> states = new IdentityHashMap<>();

    /// @param maxConnections most client connections per loop
    public LoopStates(Loops loops, Clock clock, Traffic traffic, int maxConnections) {
        for (EventLoop loop : loops.all()) {
            states.put(loop, new LoopState(loop, clock, traffic.register(), maxConnections));
        }
    }

    /// @param loop one of those the states were made for
    LoopState of(EventLoop loop) {
        LoopState state = states.get(loop);
        if (state == null) {
            throw new IllegalArgumentException("a loop of another group");
        }
        return state;
    }

    /// Has connections end behind their present request, idle ones behind their next. Tunnels stay.
    ///
    /// @return reaches zero when no connection is left
    public CountDownLatch drain() {
        CountDownLatch busy = new CountDownLatch(states.size());
        for (LoopState state : states.values()) {
            state.loop().execute(() -> state.drain(busy::countDown));
        }
        return busy;
    }

    /// The connections that have a request, as each loop says when it comes to it.
    public List<Future<List<SessionFacts>>> sessions() {
        List<Future<List<SessionFacts>>> all = new ArrayList<>();
        states.values().forEach(state -> all.add(state.loop().submit(state.open()::sessions)));
        return all;
    }

    /// Ends connections by what is known of them.
    ///
    /// @return how many each loop ended
    public List<Future<Integer>> end(Predicate<SessionFacts> wanted) {
        List<Future<Integer>> all = new ArrayList<>();
        states.values()
                .forEach(state -> all.add(state.loop().submit(() -> state.open().end(wanted))));
        return all;
    }

    /// Takes connections again, as before [#drain].
    public void goOn() {
        states.values().forEach(state -> state.loop().execute(() -> state.open().goOn()));
    }

    /// Ends idle connections of listeners that were removed; while draining, all that are idle.
    public void closeIdle() {
        for (LoopState state : states.values()) {
            state.loop().execute(state::closeIdle);
        }
    }
}
