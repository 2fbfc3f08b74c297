package dev.fairlead.process.master;

/// Something that happened to an application, for logs.
public record ApplicationChange(String application, String message, Level level) {
    /// How bad it is.
    public enum Level {
        /// Of interest where every process is.
        DETAIL,
        INFO,
        WARNING,
        ERROR
    }
}
