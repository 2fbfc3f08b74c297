package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.os.ProcessTable;
import java.util.List;

/// One unit being run. Only on the master loop.
sealed interface UnitRunner permits ServiceRunner, TargetRunner, ApplicationRunner {
    Unit unit();

    /// What it was started from may be older; the new definition counts from its next start on.
    void redefine(Unit unit);

    void start();

    void stop();

    void restart();

    UnitStatus.Activity activity();

    /// Whether its last start has come to a good end: it is active, or has done what it had to do.
    boolean hasSucceeded();

    /// Whether nothing of it runs and nothing is under way.
    boolean isAtRest();

    /// @param processes every process of the machine
    UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes);

    default String name() {
        return unit().name();
    }
}
