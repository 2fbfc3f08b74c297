package dev.fairlead.model.app;

import java.time.Duration;

/// Bounds in time of an application's workers.
///
/// @param request how long a worker may take for a request until the first byte of its answer, or stay silent
///     within one; then it is killed. Zero for no limit
/// @param graceful how long a worker that is retired may finish its requests
/// @param start how long a new worker may take until it is ready; zero for no limit
public record WorkerTimeouts(Duration request, Duration graceful, Duration start) {
    /// gunicorn's defaults, and a minute to start.
    public static final WorkerTimeouts DEFAULT =
            new WorkerTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
