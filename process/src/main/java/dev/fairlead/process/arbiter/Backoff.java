package dev.fairlead.process.arbiter;

import java.time.Duration;

/// How long is waited before something is started again that ended as soon as it began.
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(5);

    /// A worker that lived for less has ended as soon as it began.
    static final long STEADY_MILLIS = 5000;

    /// Ends that lie further apart, in milliseconds, have nothing to do with each other.
    static final long UNRELATED_MILLIS = 30_000;

    private static final int MOST_DOUBLINGS = 10;

    private Backoff() {}

    /// @param times it has ended so far, from 1
    static Duration after(int times) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
