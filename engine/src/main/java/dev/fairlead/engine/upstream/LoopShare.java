package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.net.Handovers;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.engine.upstream.answer.TextCache;
import dev.fairlead.engine.upstream.dial.Destination;
import dev.fairlead.engine.upstream.dial.PoolKey;
import dev.fairlead.engine.upstream.name.NameWatches;
import dev.fairlead.engine.upstream.name.Names;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// What one event loop keeps for forwarding: pools of idle connections, spare states of exchanges. It outlives
/// generations, so that a reload loses no connection.
final class LoopShare {
    private static final int MOST_SPARE = 1024;

    private final EventLoop loop;
    private final Clock clock;
    private final Handovers handovers;
    private final Names names;
    private final TextCache texts = new TextCache();
    private final Map<PoolKey, ConnectionPool> pools = new HashMap<>();
    private final ArrayDeque<Forwarding> spare = new ArrayDeque<>();

    LoopShare(EventLoop loop, Clock clock, Handovers handovers, NameWatches watches) {
        this.loop = loop;
        this.clock = clock;
        this.handovers = handovers;
        this.names = new Names(loop, clock, watches);
    }

    EventLoop loop() {
        return loop;
    }

    Clock clock() {
        return clock;
    }

    Handovers handovers() {
        return handovers;
    }

    Names names() {
        return names;
    }

    TextCache texts() {
        return texts;
    }

    ConnectionPool pool(PoolKey key) {
        ConnectionPool known = pools.get(key);
        if (known == null) {
            known = new ConnectionPool();
            pools.put(key, known);
        }
        return known;
    }

    /// Passes a request on; where somebody looks on, that is told instead.
    void forward(Exchange exchange, ForwardSettings settings, Destination destination) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            Looks.tell(tracer, exchange, settings, destination, new Attempts(clock));
            return;
        }
        Forwarding spared = spare.poll();
        Forwarding forwarding = spared == null ? new Forwarding(this) : spared;
        forwarding.begin(exchange, settings, destination);
    }

    void spare(Forwarding done) {
        if (spare.size() < MOST_SPARE) {
            spare.push(done);
        }
    }
}
