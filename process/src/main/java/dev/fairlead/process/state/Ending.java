package dev.fairlead.process.state;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.Startup;
import java.util.Set;

/// How a process ended.
public sealed interface Ending {
    /// Signals after which a long-running program counts as having ended well.
    Set<Integer> POLITE = Set.of(Signal.HUP.number(), Signal.INT.number(), Signal.TERM.number(), Signal.PIPE.number());

    record Exited(int code) implements Ending {}

    record Killed(int signal, boolean dumpedCore) implements Ending {}

    /// What the end of the main process means for its service. Commands that are run one after the other may
    /// not end by a signal; a daemon may end by those that ask it to.
    default Result ofMain(Service service) {
        return judge(service, service.startup() != Startup.ONESHOT);
    }

    /// What the end of one of the commands around the main process means.
    default Result ofCommand(Service service) {
        return judge(service, false);
    }

    private Result judge(Service service, boolean isDaemon) {
        ExitSet success = service.restart().success();
        return switch (this) {
            case Exited exited ->
                exited.code == 0 || success.codes().contains(exited.code) ? Result.SUCCESS : Result.EXIT_CODE;
            case Killed killed -> {
                boolean clean = (isDaemon && POLITE.contains(killed.signal))
                        || success.signals().contains(killed.signal);
                yield clean ? Result.SUCCESS : killed.dumpedCore ? Result.CORE_DUMP : Result.SIGNAL;
            }
        };
    }

    default boolean isIn(ExitSet set) {
        return switch (this) {
            case Exited exited -> set.codes().contains(exited.code);
            case Killed killed -> set.signals().contains(killed.signal);
        };
    }
}
