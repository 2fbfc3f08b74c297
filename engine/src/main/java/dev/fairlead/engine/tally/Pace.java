package dev.fairlead.engine.tally;

import java.util.function.LongSupplier;

/// How many of something there were in the last second. Made from its count by looking at it once a second, so
/// that counting costs no more.
final class Pace {
    private final LongSupplier count;
    private long before;
    private volatile long last;
    private volatile long most;

    Pace(LongSupplier count) {
        this.count = count;
    }

    /// A second has passed. Called by one thread.
    void tick() {
        long now = count.getAsLong();
        last = Math.max(0, now - before);
        before = now;
        most = Math.max(most, last);
    }

    long last() {
        return last;
    }

    long most() {
        return most;
    }

    void clearMost() {
        most = 0;
    }

    void clear() {
        before = 0;
        last = 0;
        most = 0;
    }
}
