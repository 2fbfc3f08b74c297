package dev.fairlead.engine.net;

import dev.fairlead.time.Clock;
import java.util.function.IntSupplier;

/// So many connections may come in within a second. Safe for use by several threads.
final class Pace {
    private static final long SECOND = 1_000_000_000;

    private final IntSupplier most;
    private final Clock clock;
    private long begunNanos;
    private int count;

    /// @param most asked whenever it matters; 0 for any number
    Pace(IntSupplier most, Clock clock) {
        this.most = most;
        this.clock = clock;
        this.begunNanos = clock.monotonicNanos();
    }

    synchronized void enter() {
        long now = clock.monotonicNanos();
        if (now - begunNanos >= SECOND) {
            begunNanos = now;
            count = 0;
        }
        count++;
    }

    /// How long the next one has to wait; 0 if it need not.
    synchronized long waitNanos() {
        int limit = most.getAsInt();
        long rest = begunNanos + SECOND - clock.monotonicNanos();
        return limit > 0 && count >= limit ? Math.max(0, rest) : 0;
    }
}
