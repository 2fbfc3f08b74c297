package dev.fairlead.model.service.lifecycle;

import java.time.Duration;

/// Whether and when a service that has ended is started again by itself.
///
/// @param delay how long it stays down first
/// @param steps in how many restarts the delay grows from `delay` to `longest`; 0: it stays the same
/// @param longest the delay after those
/// @param success exits that count as clean besides the usual ones
/// @param never exits after which it stays down whatever `when` says
/// @param force exits after which it is started again whatever `when` says
public record RestartPolicy(
        When when, Duration delay, int steps, Duration longest, ExitSet success, ExitSet never, ExitSet force) {
    public static final RestartPolicy NEVER = new RestartPolicy(
            When.NO, Duration.ofMillis(100), 0, Duration.ofMillis(100), ExitSet.NONE, ExitSet.NONE, ExitSet.NONE);

    public RestartPolicy when(When other) {
        return new RestartPolicy(other, delay, steps, longest, success, never, force);
    }

    public RestartPolicy delay(Duration other) {
        return new RestartPolicy(when, other, steps, longest, success, never, force);
    }

    /// How long it stays down after so many restarts in a row: it grows by the same factor each time.
    public Duration delayAfter(int restarts) {
        boolean grows = steps > 0 && longest.compareTo(delay) > 0 && !delay.isZero();
        if (!grows || restarts == 0) {
            return delay;
        }
        if (restarts >= steps) {
            return longest;
        }
        double factor = Math.pow((double) longest.toNanos() / delay.toNanos(), (double) restarts / steps);
        return Duration.ofNanos((long) (delay.toNanos() * factor));
    }

    /// Which endings are followed by a restart.
    public enum When {
        NO,
        /// A clean exit code or signal.
        ON_SUCCESS,
        /// Everything but a clean end.
        ON_FAILURE,
        /// A deadly signal, a timeout or a missed watchdog.
        ON_ABNORMAL,
        /// A missed watchdog.
        ON_WATCHDOG,
        /// A deadly signal.
        ON_ABORT,
        ALWAYS
    }
}
