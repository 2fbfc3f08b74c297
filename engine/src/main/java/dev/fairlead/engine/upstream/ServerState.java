package dev.fairlead.engine.upstream;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What is known of one server while the program runs: how busy it is and how it fared. Shared by all event loops
/// and kept over reloads.
///
/// Every member is an atomic of its own, without a lock around them: each is read to make a choice that is
/// allowed to be a moment out of date (nginx reads the same numbers under a spin lock only because they share a
/// cache line with others). What must be exact, the order of turns, is one reference in [Turns].
final class ServerState {
    private static final long LONG_AGO = 1L << 60;

    private final String name;
    private final SocketAddress address;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger fails = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile long checkedNanos;
    private volatile long accessedNanos;
    private volatile boolean isTakenOut;

    /// @param name the address as logs show it
    ServerState(String name, SocketAddress address, long now) {
        this.name = name;
        this.address = address;
        this.checkedNanos = now - LONG_AGO;
        this.accessedNanos = now - LONG_AGO;
    }

    String name() {
        return name;
    }

    SocketAddress address() {
        return address;
    }

    /// Requests it is working on.
    int active() {
        return active.get();
    }

    /// Failures that count at present.
    int fails() {
        return fails.get();
    }

    /// Requests it was ever given.
    long requests() {
        return requests.sum();
    }

    /// Failures since the start.
    long failures() {
        return failures.sum();
    }

    /// Connections kept open for the next request, over all event loops.
    int idle() {
        return idle.get();
    }

    void idle(int change) {
        idle.addAndGet(change);
    }

    boolean isTakenOut() {
        return isTakenOut;
    }

    /// Takes the server out of rotation, or puts it back; what it is working on goes on.
    void takenOut(boolean value) {
        isTakenOut = value;
    }

    /// Whether failures keep it out of rotation.
    boolean isResting(int maxFailures, long windowNanos, long now) {
        return maxFailures > 0 && fails.get() >= maxFailures && now - checkedNanos <= windowNanos;
    }

    /// Counts one more request, unless there are as many as allowed.
    ///
    /// @param most 0 for no limit
    boolean enter(int most) {
        int count = active.incrementAndGet();
        if (most > 0 && count > most) {
            active.decrementAndGet();
            return false;
        }
        requests.increment();
        return true;
    }

    /// Notes that it is being tried although it failed before.
    void chosen(long windowNanos, long now) {
        if (now - checkedNanos > windowNanos) {
            checkedNanos = now;
        }
    }

    void leave() {
        active.decrementAndGet();
    }

    /// @return how many failures count now
    int failed(long now) {
        failures.increment();
        accessedNanos = now;
        checkedNanos = now;
        return fails.incrementAndGet();
    }

    /// A request went well: failures are forgotten if it was chosen after the last of them.
    void succeeded() {
        if (fails.get() != 0 && accessedNanos - checkedNanos < 0) {
            fails.set(0);
        }
    }
}
