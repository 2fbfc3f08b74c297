package dev.fairlead.model.upstream;

/// What an operator wants of a server, whatever its checks say.
public enum Duty {
    /// Requests, while it is well.
    READY,
    /// Only requests of clients that are bound to it; what it works on goes on.
    DRAIN,
    /// None, and no checks; what it works on goes on.
    MAINTENANCE
}
