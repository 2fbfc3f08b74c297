package dev.fairlead.dialect.haproxy.sample;

/// What a text with `%name` in it is about.
public enum LogKind {
    /// Something else than a line of the log, in `mode http`.
    TEXT,
    /// What a rule of `mode http` puts into a message: control characters are escaped, quotes are not added.
    RULE,
    /// A line about a request.
    REQUEST,
    /// A line about a connection of `mode tcp`.
    CONNECTION,
    /// A line about a connection that failed before either.
    FAILURE
}
