package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.JobCommand;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
        return start(units, options, clock, journal, listener, new Baton());
    }

    /// The same, going on where another program of this process has stopped: what runs already is not started.
    ///
    /// @param baton what that program has written there
    public static Supervisor start(
            UnitSet units,
            SupervisorOptions options,
            Clock clock,
            Journal journal,
            Consumer<UnitChange> listener,
            Baton baton)
            throws OsException {
        if (options.adoptsOrphans()) {
            Processes.adoptOrphans();
        }
        OptionalInt inherited = baton.take("notify");
        NotifySocket socket = inherited.isPresent()
                ? NotifySocket.adopt(inherited.getAsInt(), baton.text("notify-name", ""))
                : NotifySocket.bind("@fairlead/notify/" + UUID.randomUUID());
        MasterLoop loop = MasterLoop.start("fairlead-master", clock);
        Units running = new Units(loop, clock, journal, options, socket, Born.of(baton, clock), listener);
        Supervisor supervisor = new Supervisor(loop, journal, socket, running);
        if (inherited.isEmpty()) {
            loop.execute(running::listen);
            supervisor.apply(units);
        }
        return supervisor;
    }

    /// Goes on with the units that a baton tells of, and starts those that are new. Instead of the first
    /// [#apply], for a supervisor that was started with that baton.
    public CompletionStage<Applied> resume(UnitSet definitions, Baton baton) {
        return onLoop(() -> {
            try {
                units.resume(definitions, baton);
            } catch (OsException refused) {
                throw new IllegalStateException(refused);
            }
            // Not before: whose child has ended meanwhile is known only now.
            units.listen();
            return units.apply(definitions);
        });
    }

    /// Waits until nothing is under way, writes all units down, and has the writing followed by what must not be
    /// preceded by any further step, on the master thread.
    ///
    /// @param longest how long to wait
    /// @param then is called once, unless something is under way all the time
    /// @return what kept it from that; empty if nothing did and `then` has returned
    public CompletionStage<Optional<String>> handOver(Duration longest, Consumer<Baton> then) {
        CompletableFuture<Optional<String>> result = new CompletableFuture<>();
        loop.execute(() -> new HandingOver(loop, units, longest, then, result).look());
        return result;
    }

    /// What every unit is doing now, by name.
    public CompletionStage<List<UnitStatus>> status() {
        return onLoop(units::status);
    }

    /// How far every unit is, by name: what [#status] says too, at a fraction of its cost.
    public CompletionStage<Map<String, UnitStatus.Activity>> activities() {
        return onLoop(units::activities);
    }

    /// What there is besides units: jobs, and the variables every service finds.
    public CompletionStage<ManagerStatus> manager() {
        return onLoop(units::manager);
    }

    /// Changes the variables that services find from now on.
    public CompletionStage<Outcome> execute(StackCommand.ChangeVariables command) {
        return onLoop(() -> units.changeVariables(command.unset(), command.set()));
    }

    public CompletionStage<Outcome> execute(StackCommand.CancelJobs command) {
        return onLoop(() -> units.cancel(command.job()));
    }

    /// Says who runs the applications that units stand for; before units that do are given to [#apply].
    public void runApplicationsBy(UnitApplications applications) {
        loop.execute(() -> units.applications(applications));
    }

    /// Does what a person asks of a unit.
    ///
    /// @return what came of it, once it is done or has failed
    public CompletionStage<Outcome> execute(UnitCommand command) {
        return later(() -> units.execute(command));
    }

    private CompletionStage<Outcome> later(Supplier<CompletionStage<Outcome>> work) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                work.get().whenComplete((done, failure) -> {
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

    /// Does what a person asks of jobs and events.
    public CompletionStage<Outcome> execute(JobCommand command) {
        return later(() -> units.desk().execute(command));
    }

    /// What jobs find around them; before units are given to [#apply].
    ///
    /// @param variables that every process of a job is told
    /// @param programs that others stand in for here, and that count as started once the machine is up
    public void surroundJobs(Map<String, String> variables, List<String> programs) {
        loop.execute(() -> units.events().surround(variables, programs));
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
    /// run then get their stop signal, where the options say that they die with it.
    @Override
    public void close() {
        loop.close();
        units.close();
        socket.close();
    }
}
