package dev.fairlead.process.state;

import java.time.Duration;
import java.util.Optional;

/// What has to be done after an event, in the order given.
public sealed interface Action {
    /// Runs the command lines of a step one after the other; answered by [Event.CommandsDone] or
    /// [Event.CommandsFailed].
    record Run(Step step) implements Action {}

    /// Starts the main process; answered by [Event.MainStarted], or [Event.CommandsFailed] if it cannot be.
    record SpawnMain() implements Action {}

    /// Sends signals to the processes the round is for; answered by [Event.ProcessesGone] once there are none.
    record Kill(Round round) implements Action {}

    /// Ends the command that is being run, without waiting for it.
    record AbandonCommands() implements Action {}

    /// How long the step may take from now on, in place of any earlier limit; answered by [Event.TimedOut].
    record Limit(Optional<Duration> most) implements Action {}

    /// Asks for a restart once it has been down for as long as it should.
    record ScheduleRestart() implements Action {}

    /// Tells whoever waits for a reload what became of it.
    record ReloadEnded(boolean succeeded) implements Action {}

    /// A list of command lines.
    enum Step {
        CONDITION,
        PRE,
        START,
        POST,
        RELOAD,
        STOP,
        STOP_POST
    }

    /// Which signal to whom.
    enum Round {
        /// The first signal, as the kill policy says.
        FIRST,
        /// The first signal of a restart.
        FIRST_OF_RESTART,
        /// The signal of a missed watchdog.
        ABORT,
        /// The final signal, to every process that is to be killed at all.
        FINAL
    }
}
