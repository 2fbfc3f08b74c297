package dev.fairlead.process.master;

/// Something that happened to an application, for logs.
public record ApplicationChange(String application, String message, Level level) {
    /// How bad it is.
    public enum Level {
        INFO,
        WARNING,
        ERROR
    }
}
