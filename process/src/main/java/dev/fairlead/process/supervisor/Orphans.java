package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.os.SignalSet;
import dev.fairlead.os.Signals;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Collects processes that nobody here has started and that came here when their parents ended. The signal that a
/// child has ended makes it look; where the launcher was by-passed and that signal is not blocked, it looks from
/// time to time. Only on the master loop.
final class Orphans {
    private static final SignalSet ENDED = SignalSet.of(Signal.CHLD.number());
    /// Whoever watches a child hears of its end at the same moment, and comes first.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(5);

    private final MasterLoop loop;
    private final IntPredicate isExpected;
    private boolean isDue;
    private boolean isTold;

    /// @param isExpected whether somebody collects, or may be about to collect, the child of that number
    Orphans(MasterLoop loop, IntPredicate isExpected) {
        this.loop = loop;
        this.isExpected = isExpected;
    }

    /// Collects them from now on.
    void await() throws OsException {
        isTold = Signals.areBlocked(ENDED);
        if (isTold) {
            int descriptor = Signals.open(ENDED);
            loop.watch(descriptor, () -> ended(descriptor));
        }
        // What ended before this program took over is not told again.
        sweep();
    }

    private void ended(int descriptor) {
        try {
            Signals.read(descriptor);
        } catch (OsException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        sweepIn(PAUSE);
    }

    private void sweepIn(Duration pause) {
        if (!isDue) {
            isDue = true;
            loop.schedule(pause, this::sweep);
        }
    }

    private void sweep() {
        isDue = false;
        boolean isOneLeft = collect();
        if (isOneLeft || !isTold) {
            sweepIn(SWEEP_PAUSE);
        }
    }

    /// Collects those that have ended.
    ///
    /// @return whether some may be left, behind a child that somebody else is to collect
    boolean collect() {
        for (Optional<Processes.Exit> exit = Processes.anyEnded(); exit.isPresent(); exit = Processes.anyEnded()) {
            int pid = exit.get().pid();
            if (isExpected.test(pid)) {
                return true;
            }
            Processes.collect(pid);
        }
        return false;
    }
}
