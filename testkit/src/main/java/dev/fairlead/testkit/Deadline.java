package dev.fairlead.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The moment by which something has to have happened.
public final class Deadline {
    private static final long PAUSE_NANOS = 2_000_000;

    private final long at;
    private final Duration length;

    private Deadline(Duration length) {
        this.at = System.nanoTime() + length.toNanos();
        this.length = length;
    }

    public static Deadline in(Duration length) {
        return new Deadline(length);
    }

    public static Deadline inSeconds(int seconds) {
        return new Deadline(Duration.ofSeconds(seconds));
    }

    public boolean passed() {
        return System.nanoTime() - at >= 0;
    }

    /// How long is left, in milliseconds; at least 1, so that it can serve as a socket timeout, where 0 means
    /// forever.
    public int millisLeft() {
        return Math.clamp((at - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    /// Waits until `claim` holds. For what cannot be waited for by an event; whoever can, should.
    ///
    /// @throws AssertionError naming `what` when the deadline passes first
    public void await(String what, BooleanSupplier claim) {
        while (!claim.getAsBoolean()) {
            if (passed()) {
                throw missed(what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// The error to throw when `what` did not happen in time.
    public AssertionError missed(String what) {
        return new AssertionError("not within " + length.toMillis() + " ms: " + what);
    }
}
