package dev.fairlead.engine.tally;

import java.util.concurrent.atomic.AtomicLong;

/// The mean of a time over about the last thousand occasions, and the longest. As HAProxy does, each occasion
/// moves the mean by its part, so that nothing has to be kept of those before.
public final class Mean {
    private static final int WINDOW = 1024;

    private final AtomicLong sum = new AtomicLong();
    private volatile long longest;

    /// @param millis less than nothing counts as nothing
    void add(long millis) {
        long value = Math.max(0, millis);
        long before = sum.get();
        while (!sum.compareAndSet(before, before - (before + WINDOW - 1) / WINDOW + value)) {
            before = sum.get();
        }
        if (value > longest) {
            longest = value;
        }
    }

    /// In milliseconds.
    public long millis() {
        return (sum.get() + WINDOW - 1) / WINDOW;
    }

    public long longestMillis() {
        return longest;
    }

    void clearLongest() {
        longest = 0;
    }

    void clear() {
        sum.set(0);
        longest = 0;
    }
}
