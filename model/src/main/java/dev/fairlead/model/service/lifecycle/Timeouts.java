package dev.fairlead.model.service.lifecycle;

import java.time.Duration;
import java.util.Optional;

/// How long the steps of a service may take; empty: any time.
///
/// @param start from the start until it counts as started; reloading has the same time
/// @param stop for each step of stopping: the stop commands, the first signal, the last signal
/// @param run how long it may be active before it is stopped as failed
/// @param runSpread up to so much is added to `run`, by chance
/// @param abort how long it may take to end after the signal of a missed watchdog
/// @param watchdog how long it may be silent while it is up
/// @param lateStart what is sent first to one that starts too slowly
/// @param lateStop what follows where the first signal was of no use
public record Timeouts(
        Optional<Duration> start,
        Optional<Duration> stop,
        Optional<Duration> run,
        Duration runSpread,
        Optional<Duration> abort,
        Optional<Duration> watchdog,
        Late lateStart,
        Late lateStop) {
    /// The usual 90 seconds.
    public static final Timeouts DEFAULT =
            new Timeouts(Optional.of(Duration.ofSeconds(90)), Optional.of(Duration.ofSeconds(90)), Optional.empty());

    /// Without a watchdog, and with the usual signals.
    public Timeouts(Optional<Duration> start, Optional<Duration> stop, Optional<Duration> run) {
        this(start, stop, run, Duration.ZERO, stop, Optional.empty(), Late.TERMINATE, Late.TERMINATE);
    }

    /// What is done about a step that takes too long.
    public enum Late {
        /// The first signal, then the last.
        TERMINATE,
        /// The watchdog's signal, then the last.
        ABORT,
        /// The last signal.
        KILL
    }
}
