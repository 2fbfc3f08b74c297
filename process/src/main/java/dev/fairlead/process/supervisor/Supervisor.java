package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs the units of a stack on a thread of its own. Every method may be called from any thread and returns at
/// once; results come as stages that are completed on the master thread, whose followers must not block (use
/// the `Async` variants with an executor of your own).
public final class Supervisor implements AutoCloseable {
    private final MasterLoop loop;
    private final Journal journal;
    private final NotifySocket socket;
    private final Units units;

    private Supervisor(MasterLoop loop, Journal journal, NotifySocket socket, Units units) {
        this.loop = loop;
        this.journal = journal;
        this.socket = socket;
        this.units = units;
    }

    /// Starts the master thread and, on it, every enabled unit.
    ///
    /// @param journal takes what services print and what is said about them; it stays the caller's
    /// @param listener is told of every step of every unit, on the master thread; it must not block
    public static Supervisor start(
            UnitSet units, SupervisorOptions options, Clock clock, Journal journal, Consumer<UnitChange> listener)
            throws OsException {
        if (options.adoptsOrphans()) {
            Processes.adoptOrphans();
        }
        NotifySocket socket = NotifySocket.bind("@fairlead/notify/" + UUID.randomUUID());
        MasterLoop loop = MasterLoop.start("fairlead-master", clock);
        Units running = new Units(loop, clock, journal, options, socket, listener);
        loop.execute(() -> {
            running.listen();
            running.apply(units);
        });
        return new Supervisor(loop, journal, socket, running);
    }

    /// What every unit is doing now, by name.
    public CompletionStage<List<UnitStatus>> status() {
        return onLoop(units::status);
    }

    /// Says who runs the applications that units stand for; before units that do are given to [#apply].
    public void runApplicationsBy(UnitApplications applications) {
        loop.execute(() -> units.applications(applications));
    }

    /// Does what a person asks of a unit.
    ///
    /// @return what came of it, once it is done or has failed
    public CompletionStage<Outcome> execute(UnitCommand command) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                units.execute(command).whenComplete((done, failure) -> {
                    if (failure == null) {
                        outcome.complete(done);
                    } else {
                        outcome.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException failure) {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    /// Takes new definitions: units that are new and enabled are started, those that are no longer there are
    /// stopped and forgotten, those that read the same go on untouched, and those that have changed go on as
    /// they are until they are started again.
    public CompletionStage<Applied> apply(UnitSet definitions) {
        return onLoop(() -> units.apply(definitions));
    }

    /// Stops everything in the order of its dependencies.
    ///
    /// @return completed once nothing runs any more
    public CompletionStage<Void> stopAll() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.execute(() -> units.stopAll(() -> stopped.complete(null)));
        return stopped;
    }

    public Journal journal() {
        return journal;
    }

    /// The master thread, for others who have to do with processes or signals.
    public MasterLoop loop() {
        return loop;
    }

    private <T> CompletionStage<T> onLoop(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /// Ends the master thread. Does not stop anything in order first: that is [#stopAll]'s. Services that still
    /// run then get their stop signal from the kernel, where the options say that they die with it.
    @Override
    public void close() {
        loop.close();
        socket.close();
    }
}
