package dev.fairlead.model.service.lifecycle;

/// Which processes of a service may report its state.
public enum NotifyAccess {
    NONE,
    /// Its main process only.
    MAIN,
    /// Its main process and the commands the supervisor runs for it.
    EXEC,
    /// Any process that belongs to it.
    ALL
}
