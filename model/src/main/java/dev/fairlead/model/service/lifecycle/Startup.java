package dev.fairlead.model.service.lifecycle;

/// When a service counts as started, so that what is ordered after it may go on.
public enum Startup {
    /// As soon as its process exists.
    SIMPLE,
    /// As `SIMPLE`, but its program waits until nothing else is being started, five seconds at most.
    IDLE,
    /// Once its program has been found and executed.
    EXEC,
    /// Once its first process has exited, leaving a daemon behind.
    FORKING,
    /// Once its processes have run one after the other and exited.
    ONESHOT,
    /// Once it says `READY=1`.
    NOTIFY,
    /// As `NOTIFY`; reloading is asked for by a signal and confirmed by another `READY=1`.
    NOTIFY_RELOAD
}
