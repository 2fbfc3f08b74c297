package dev.fairlead.process.state;

/// What can happen to a service.
public sealed interface Event {
    /// It shall run. Whether it may be started so soon again has been looked at before.
    record Start() implements Event {}

    /// It shall not run, and not come back by itself.
    record Stop() implements Event {}

    /// It shall end and start again.
    record Restart() implements Event {}

    /// It shall read its configuration again.
    record Reload() implements Event {}

    /// Its failure shall be forgotten.
    record Reset() implements Event {}

    /// It must not be started, for this reason.
    record StartRefused(Result reason) implements Event {}

    /// The commands of the step it is in have all ended well.
    record CommandsDone() implements Event {}

    /// One of them has not.
    record CommandsFailed(Result result) implements Event {}

    /// Its main process is known and runs.
    record MainStarted() implements Event {}

    /// Its main process has ended.
    record MainEnded(Ending ending, Result result) implements Event {}

    /// It says it is ready.
    record Ready() implements Event {}

    /// The step it is in has taken as long as it may.
    record TimedOut() implements Event {}

    /// None of the processes that were sent a signal is left.
    record ProcessesGone() implements Event {}

    /// It has been down for as long as it should before it comes back.
    record RestartDue() implements Event {}
}
