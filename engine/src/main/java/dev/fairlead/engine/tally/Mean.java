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
        long after = moved(before, value);
        // Where nothing takes a millisecond, nothing changes.
        while (after != before && !sum.compareAndSet(before, after)) {
            before = sum.get();
            after = moved(before, value);
        }
        if (value > longest) {
            longest = value;
        }
    }

    private static long moved(long sum, long value) {
        return sum - (sum + WINDOW - 1) / WINDOW + value;
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
