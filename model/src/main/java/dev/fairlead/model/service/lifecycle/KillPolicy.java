package dev.fairlead.model.service.lifecycle;

/// How the processes of a service are ended.
///
/// @param signal what is sent first
/// @param restartSignal what is sent first when the service is about to be started again
/// @param finalSignal what is sent when time is up
/// @param watchdogSignal what is sent first to one that has been silent for too long
/// @param reloadSignal what asks one that confirms its reloads to read its configuration again
/// @param finalSignalIsSent whether `finalSignal` is sent at all
/// @param hangupIsSent whether `SIGHUP` follows the first signal at once, for shells
public record KillPolicy(
        Mode mode,
        Signal signal,
        Signal restartSignal,
        Signal finalSignal,
        Signal watchdogSignal,
        Signal reloadSignal,
        boolean finalSignalIsSent,
        boolean hangupIsSent) {
    public static final KillPolicy DEFAULT =
            new KillPolicy(Mode.ALL, Signal.TERM, Signal.TERM, Signal.KILL, Signal.ABRT, Signal.HUP, true, false);

    /// Which processes of the service get the signals.
    public enum Mode {
        /// All of them.
        ALL,
        /// The first signal goes to the main process, the final one to all.
        MIXED,
        /// Only the main process.
        MAIN,
        /// None; only the stop commands are run.
        NONE
    }
}
