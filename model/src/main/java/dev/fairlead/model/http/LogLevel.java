package dev.fairlead.model.http;

import java.util.Locale;

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
}
