package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;
import java.util.Map;
import java.util.Optional;

/// How much of the machine all processes of a service together may take.
///
/// @param bounds what is not named there is not bounded
public record Resources(Map<Kind, Bound> bounds) {
    public static final Resources UNBOUNDED = new Resources(Map.of());

    public Resources {
        bounds = Map.copyOf(bounds);
    }

    public Optional<Bound> bound(Kind kind) {
        return Optional.ofNullable(bounds.get(kind));
    }

    public enum Kind {
        /// Bytes; who needs more is ended.
        MEMORY_MAX,
        /// Bytes; who needs more is slowed down.
        MEMORY_HIGH,
        /// Microseconds of a processor's time in each second.
        CPU_QUOTA,
        /// From 1 to 10000; 100 is as much as others have.
        CPU_WEIGHT,
        /// Processes and threads.
        TASKS_MAX
    }

    /// @param amount in the kind's unit, or of ten thousand parts of all the machine has
    /// @param isShare whether it is such a part
    public record Bound(long amount, boolean isShare, Span origin) {}
}
