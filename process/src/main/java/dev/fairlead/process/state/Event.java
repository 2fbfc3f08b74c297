package dev.fairlead.process.state;

/// What can happen to a service.
public sealed interface Event {
    /// It shall run. Whether it may be started so soon again has been looked at before.
    record Start() implements Event {}

    /// It shall not run, and not come back by itself.
    record Stop() implements Event {}

    /// It shall end, because it is to be started again after that.
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
    ///
    /// @param othersGoOn whether other processes of it keep it up
    record MainEnded(Ending ending, Result result, boolean othersGoOn) implements Event {
        public MainEnded(Ending ending, Result result) {
            this(ending, result, false);
        }
    }

    /// It says it is ready.
    record Ready() implements Event {}

    /// It says it is reading its configuration again.
    record Reloading() implements Event {}

    /// It says it is about to end.
    record Stopping() implements Event {}

    /// It has been silent for too long, or says that something is wrong with it.
    record WatchdogMissed() implements Event {}

    /// The step it is in has taken as long as it may.
    record TimedOut() implements Event {}

    /// None of the processes that were sent a signal is left.
    record ProcessesGone() implements Event {}
}
