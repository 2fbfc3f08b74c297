package dev.fairlead.model.service;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a new job does where others are waiting or running.
public enum JobMode {
    /// Fails where one of them would have to be given up.
    FAIL,
    /// Takes the place of those it cannot go together with.
    REPLACE,
    /// As [#REPLACE], and cannot be replaced itself.
    REPLACE_IRREVERSIBLY,
    /// As [#REPLACE], and every unit it does not concern is stopped.
    ISOLATE,
    /// All others are given up.
    FLUSH,
    /// Only the unit itself, none it requires, but in order.
    IGNORE_REQUIREMENTS,
    /// Only the unit itself, at once.
    IGNORE_DEPENDENCIES;

    /// As units and tools write it: `ignore-dependencies`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<JobMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
