package dev.fairlead.model.service;

import java.time.Duration;
import java.util.Optional;

/// How long the steps of a service may take; empty: any time.
///
/// @param start from the start until it counts as started; reloading has the same time
/// @param stop for each step of stopping: the stop commands, the first signal, the last signal
/// @param run how long it may be active before it is stopped as failed
public record Timeouts(Optional<Duration> start, Optional<Duration> stop, Optional<Duration> run) {
    /// The usual 90 seconds.
    public static final Timeouts DEFAULT =
            new Timeouts(Optional.of(Duration.ofSeconds(90)), Optional.of(Duration.ofSeconds(90)), Optional.empty());
}
