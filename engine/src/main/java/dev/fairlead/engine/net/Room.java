package dev.fairlead.engine.net;

import dev.fairlead.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// So many connections may be open at once, and so many may come in within a second, over one listener or
/// several. Meanwhile further clients wait in the kernel's queues. Safe for use by several threads.
public final class Room {
    private final IntSupplier most;
    private final Pace pace;
    private final AtomicInteger present = new AtomicInteger();
    private final Set<Gate> gates = ConcurrentHashMap.newKeySet();

    /// @param most open at once; asked whenever it matters; 0 for any number
    /// @param mostPerSecond that come in within a second, as well
    public Room(IntSupplier most, IntSupplier mostPerSecond, Clock clock) {
        this.most = most;
        this.pace = new Pace(mostPerSecond, clock);
    }

    /// How long the next connection has to wait for its second; 0 if it need not.
    long waitNanos() {
        return pace.waitNanos();
    }

    boolean isFull() {
        int limit = most.getAsInt();
        return limit > 0 && present.get() >= limit;
    }

    void add(Gate gate) {
        gates.add(gate);
    }

    void remove(Gate gate) {
        gates.remove(gate);
    }

    void enter() {
        present.incrementAndGet();
        pace.enter();
        if (isFull() || waitNanos() > 0) {
            reconsider();
        }
    }

    private void leave() {
        boolean wasFull = isFull();
        present.decrementAndGet();
        if (wasFull) {
            reconsider();
        }
    }

    /// A connection has ended.
    static void leave(List<Room> rooms) {
        rooms.forEach(Room::leave);
    }

    /// To be called where another number holds from now on: gates open or close.
    public void reconsider() {
        gates.forEach(Gate::reconsider);
    }
}
