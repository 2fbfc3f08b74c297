package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One unit being run. Only on the master loop.
sealed interface UnitRunner permits ServiceRunner, TargetRunner, ApplicationRunner, Starter, JobRunner {
    Unit unit();

    /// What it was started from may be older; the new definition counts from its next start on.
    void redefine(Unit unit);

    void start();

    void stop();

    /// As [#stop], where it is started again after that.
    default void stopForRestart() {
        stop();
    }

    /// Whether a restart is a reload that nobody notices, while it is up.
    default boolean restartsInPlace() {
        return false;
    }

    default boolean canReload() {
        return false;
    }

    /// Asks it to read its configuration again.
    ///
    /// @return what came of it
    default CompletableFuture<Outcome> reload() {
        return CompletableFuture.completedFuture(
                new Outcome.Failed("Job type reload is not applicable for unit " + name() + "."));
    }

    /// Whether it is down at the moment and comes back by itself.
    default boolean comesBack() {
        return false;
    }

    /// How it counts as down while it waits to come back.
    default UnitStatus.Activity downState() {
        return UnitStatus.Activity.INACTIVE;
    }

    /// Whether its last start has come to a good end: it is active, or has done what it had to do.
    default boolean hasSucceeded() {
        return activity() != UnitStatus.Activity.FAILED;
    }

    /// Counts a start.
    ///
    /// @return whether it may be started so soon again; where not, it has failed and said so
    default boolean countsStart() {
        return true;
    }

    /// Its start was skipped because a condition does not hold.
    default void skipped() {}

    UnitStatus.Activity activity();

    /// Whether nothing of it runs and nothing is under way.
    boolean isAtRest();

    /// @param processes every process of the machine
    UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes);

    /// Why it cannot be handed to another program at this moment; empty: it can.
    Optional<String> unsettled();

    /// Writes down all that another program needs to go on with it.
    void save(Baton part);

    /// Goes on where another program has stopped. Called once, instead of a start.
    void resume(Baton part);

    default String name() {
        return unit().name();
    }
}
