package dev.fairlead.time;

/// Tells the time. Two readings, because they are two things: `wallMillis` is what people call the time and may
/// jump; `monotonicNanos` only ever moves forward and is what durations are measured with.
public interface Clock {
    /// Milliseconds since 1970-01-01T00:00Z.
    long wallMillis();

    /// Nanoseconds since an arbitrary moment; never goes back.
    long monotonicNanos();

    /// The machine's clock.
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
