package dev.fairlead.process.supervisor;

import dev.fairlead.os.MasterLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The moment in which no unit is being started, stopped or reloaded. Only on the master loop.
final class Quiet {
    /// As long as systemd lets a service wait for it.
    private static final Duration MOST = Duration.ofSeconds(5);

    private final MasterLoop loop;
    private final BooleanSupplier isHere;
    private final List<Runnable> waiting = new ArrayList<>();

    /// @param isHere whether there is nothing to do
    Quiet(MasterLoop loop, BooleanSupplier isHere) {
        this.loop = loop;
        this.isHere = isHere;
    }

    /// Runs something once in a quiet moment, or when that has not come in time; never at once.
    void await(Runnable action) {
        waiting.add(action);
        MasterLoop.Timer timer = loop.schedule(MOST, () -> run(action));
        loop.execute(() -> {
            if (isHere.getAsBoolean()) {
                timer.cancel();
                run(action);
            }
        });
    }

    /// It has come.
    void comes() {
        for (Runnable action : List.copyOf(waiting)) {
            loop.execute(() -> run(action));
        }
    }

    private void run(Runnable action) {
        if (waiting.remove(action)) {
            action.run();
        }
    }
}
