package dev.fairlead.process.arbiter;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// Something that has to be done.
public sealed interface Action {
    /// @param generation whose code it loads
    record StartZygote(int generation) implements Action {}

    /// [Event.ZygoteDue] is to follow.
    record StartZygoteLater(int generation, Duration delay) implements Action {}

    /// @param isAtOnce whether it may be in the middle of something that never ends
    record EndZygote(int generation, boolean isAtOnce) implements Action {}

    /// Runs a function of the configuration file.
    record RunHook(int generation, String hook, List<Integer> arguments) implements Action {
        public RunHook {
            arguments = List.copyOf(arguments);
        }
    }

    /// [Event.Forked] and [Event.Ready] are to follow, or [Event.Late].
    record Fork(int generation, int worker) implements Action {}

    /// [Event.ForkDue] is to follow.
    record ForkLater(int generation, Duration delay) implements Action {}

    /// From now on it gets requests.
    record Admit(int worker) implements Action {}

    /// From now on it gets none; [Event.Idle] is to follow.
    record Retire(int worker) implements Action {}

    /// Asks it to end; [Event.Ended] is to follow, or [Event.Lingering].
    record Terminate(int worker) implements Action {}

    /// Ends it at once.
    record Kill(int worker, String why) implements Action {}

    /// Kills it when it has said where it is.
    record Examine(int worker, String why) implements Action {}

    /// It was asked for and will never be.
    record Discard(int worker) implements Action {}

    /// A generation serves from now on.
    ///
    /// @param before the one that did until now
    record Serve(int generation, OptionalInt before) implements Action {}

    /// A generation has been told to finish what it has.
    record Release(int generation) implements Action {}

    /// A generation did not come up; what served before serves on.
    record ReportBroken(int generation, String why) implements Action {}

    /// A generation is given up before it came up: nobody wants it any more.
    record ReportAbandoned(int generation) implements Action {}

    /// A zygote that replaces another cannot load the code; it will be tried again.
    record SayNotLoaded(int generation, String why) implements Action {}

    /// @param how as in [Event.ZygoteEnded]
    record SayZygoteLost(int generation, String how) implements Action {}

    record SayUnfit(int worker, String why) implements Action {}

    /// Another is started in its place before it goes.
    record SayReplaced(int worker, String why) implements Action {}

    /// It ended unasked; another takes its place.
    record SayLost(int worker, String cause) implements Action {}

    /// No process of a generation is left.
    record Forget(int generation) implements Action {}

    /// No process of the application is left, and it was told to stop.
    record Stopped() implements Action {}
}
