package dev.fairlead.model.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How grave a line of the error log is, from the least.
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARN,
    ERROR,
    CRIT,
    ALERT,
    EMERG;

    /// As it stands in configurations and in the log.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LogLevel> of(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word().equals(word))
                .findFirst();
    }
}
