package dev.fairlead.engine.http1;

import dev.fairlead.model.http.Connection;
import org.jspecify.annotations.Nullable;

/// Reading on behind the last answer of a connection, so that what the client still sends does not reset it.
final class Lingering {
    private static final long DEFAULT_NANOS = 5_000_000_000L;

    private Lingering() {}

    /// @param settings of the place that the last request was for; null if it was for none
    /// @param inputIsLeft whether more of the client's input is here, or may be on its way
    static boolean isWanted(@Nullable Connection settings, boolean inputIsLeft) {
        return settings == null
                || settings.lingering() == Connection.Lingering.ALWAYS
                || (settings.lingering() == Connection.Lingering.WHEN_INPUT_IS_LEFT && inputIsLeft);
    }

    /// How long at most, in nanoseconds.
    static long nanos(@Nullable Connection settings) {
        return settings == null ? DEFAULT_NANOS : settings.lingeringTime().toNanos();
    }

    /// How long the client may say nothing meanwhile, in nanoseconds.
    static long silenceNanos(@Nullable Connection settings) {
        return settings == null ? DEFAULT_NANOS : settings.lingeringTimeout().toNanos();
    }
}
