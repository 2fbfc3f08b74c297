package dev.fairlead.engine.stream;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.connection.SessionFacts;
import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// What each event loop keeps for connections that are passed on. Never changes once made; safe for use by
/// several threads.
public final class StreamLoops {
    private final IdentityHashMap<EventLoop, StreamLoop> loops = new IdentityHashMap<>();

    /// @param maxConnections most client connections per loop
    public StreamLoops(Loops all, Clock clock, Shared shared, int maxConnections) {
        Traffic traffic = shared.part(Traffic.class, Traffic::new);
        Upstreams upstreams = shared.part(Upstreams.class, Upstreams::new);
        for (EventLoop loop : all.all()) {
            loops.put(loop, new StreamLoop(loop, clock, traffic.register(), upstreams, maxConnections));
        }
    }

    /// @param loop one of those they were made for
    StreamLoop of(EventLoop loop) {
        StreamLoop found = loops.get(loop);
        if (found == null) {
            throw new IllegalArgumentException("a loop of another group");
        }
        return found;
    }

    /// The connections there are, as each loop says when it comes to it.
    public List<Future<List<SessionFacts>>> sessions() {
        List<Future<List<SessionFacts>>> all = new ArrayList<>();
        loops.values().forEach(each -> all.add(each.loop().submit(each.open()::sessions)));
        return all;
    }

    /// Ends connections by what is known of them.
    ///
    /// @return how many each loop ended
    public List<Future<Integer>> end(Predicate<SessionFacts> wanted) {
        List<Future<Integer>> all = new ArrayList<>();
        loops.values()
                .forEach(each -> all.add(each.loop().submit(() -> each.open().end(wanted))));
        return all;
    }

    /// Waits for connections to end of themselves.
    ///
    /// @return reaches zero when none is left
    public CountDownLatch drain() {
        CountDownLatch busy = new CountDownLatch(loops.size());
        for (StreamLoop each : loops.values()) {
            each.loop().execute(() -> each.open().drain(busy::countDown));
        }
        return busy;
    }

    /// Takes connections again, as before [#drain].
    public void goOn() {
        loops.values().forEach(each -> each.loop().execute(() -> each.open().goOn()));
    }
}
