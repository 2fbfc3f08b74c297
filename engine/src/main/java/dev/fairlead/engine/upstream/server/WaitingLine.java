package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.upstream.Upstream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Requests that wait for a place at a server of one upstream, those of all event loops. Outlives reloads.
///
/// Without a lock: whoever leaves a server hands its place over without giving it back in between, so that nobody
/// who came later takes it. A request that joins while the last place is given back is found by one of the two,
/// since one writes the line and then reads the count of places and the other does it the other way round.
public final class WaitingLine {
    private final Queue<Waiter> forAny = new ConcurrentLinkedQueue<>();
    private final LongAdder given = new LongAdder();
    private final AtomicInteger size = new AtomicInteger();
    private volatile Upstream.Queue limits;

    public WaitingLine(Upstream.Queue limits) {
        this.limits = limits;
    }

    public void limits(Upstream.Queue value) {
        limits = value;
    }

    public long patienceNanos() {
        return limits.timeout().toNanos();
    }

    public int size() {
        return size.get();
    }

    /// @return false if there are as many as may wait
    public boolean join(Waiter waiter) {
        if (size.incrementAndGet() > limits.most()) {
            size.decrementAndGet();
            return false;
        }
        lineOf(waiter).add(waiter);
        return true;
    }

    /// How often a request that waited was given a server.
    ///
    /// @param only the server that it waited for; null for any
    public LongAdder given(@Nullable ServerState only) {
        return only == null ? given : only.givenToWaiters();
    }

    private Queue<Waiter> lineOf(Waiter waiter) {
        ServerState only = waiter.only();
        return only == null ? forAny : only.waiters();
    }

    /// It waits no longer.
    ///
    /// @return false if a place is on its way already
    public boolean giveUp(Waiter waiter) {
        if (!waiter.giveUp()) {
            return false;
        }
        if (lineOf(waiter).remove(waiter)) {
            size.decrementAndGet();
        }
        return true;
    }

    /// Hands a place over that is taken still.
    ///
    /// @return false if nobody wants it
    boolean handOver(ServerState place) {
        return (place.isUsable() && handOver(place, place.waiters()))
                || (place.isOpenToAll() && handOver(place, forAny));
    }

    private boolean handOver(ServerState place, Queue<Waiter> from) {
        while (true) {
            Waiter first = from.poll();
            if (first == null) {
                return false;
            }
            size.decrementAndGet();
            if (first.give(place)) {
                given(first.only()).increment();
                place.countRequest();
                return true;
            }
        }
    }

    /// Gives out the places that are free at a server.
    public void offer(ServerState server) {
        while ((!server.waiters().isEmpty() || !forAny.isEmpty()) && server.takePlace()) {
            if (!handOver(server)) {
                server.givePlaceBack();
                return;
            }
        }
    }

    /// Those who wait for a server that is not coming choose again.
    void dismiss(ServerState server) {
        while (true) {
            Waiter first = server.waiters().poll();
            if (first == null) {
                return;
            }
            size.decrementAndGet();
            first.give(null);
        }
    }
}
