package dev.fairlead.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that moves only when told to, for tests and dry runs. Safe for use by several threads.
public final class ManualClock implements Clock {
    private final long wallStart;
    private final AtomicLong elapsed = new AtomicLong();

    /// @param wallStart the time it starts at, in milliseconds since 1970
    public ManualClock(long wallStart) {
        this.wallStart = wallStart;
    }

    public void advance(Duration step) {
        elapsed.addAndGet(step.toNanos());
    }

    @Override
    public long wallMillis() {
        return wallStart + elapsed.get() / 1_000_000;
    }

    @Override
    public long monotonicNanos() {
        return elapsed.get();
    }
}
