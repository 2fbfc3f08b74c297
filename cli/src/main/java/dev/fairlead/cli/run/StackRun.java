package dev.fairlead.cli.run;

import dev.fairlead.admin.StackControl;
import dev.fairlead.cli.adopt.AdoptedLogs;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.control.StateFolder;
import dev.fairlead.cli.daemon.LentSockets;
import dev.fairlead.cli.daemon.NumberedSockets;
import dev.fairlead.cli.explain.Asked;
import dev.fairlead.cli.explain.Explanation;
import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.StackSource;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.generation.EngineOptions;
import dev.fairlead.model.control.JobCommand;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.LogLine;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitView;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalEntry;
import dev.fairlead.process.master.ApplicationChange;
import dev.fairlead.process.master.ApplicationMaster;
import dev.fairlead.process.master.DeployReport;
import dev.fairlead.process.master.MasterOptions;
import dev.fairlead.process.supervisor.Applied;
import dev.fairlead.process.supervisor.Supervisor;
import dev.fairlead.process.supervisor.SupervisorOptions;
import dev.fairlead.process.supervisor.UnitChange;
import dev.fairlead.source.Severity;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.PythonSide;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A stack that runs: traffic, units and control socket, as one thing that is started, reloaded and ended.
/// Commands may come from any thread; reloads and the end happen one at a time.
final class StackRun implements StackControl {
    private static final Logger LOG = LoggerFactory.getLogger(StackRun.class);
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(10);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /// How long connections that wait for a request are kept before another program takes over.
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);
    private static final String STARTED = "started";
    private static final String SERVING = "serving";

    private final StackSource source;
    private final Clock clock;
    private final long startedMillis;
    private final Engine engine;
    private final OperatorSockets sockets;
    private final Supervisor supervisor;
    private final Journal journal;
    private final ApplicationMaster master;
    private final AdoptedLogs adopted;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Upgrades upgrades;
    private CompiledStack present;
    private boolean ending;

    private StackRun(
            StackSource source,
            Clock clock,
            CompiledStack compiled,
            Engine engine,
            OperatorSockets sockets,
            Supervisor supervisor,
            Journal journal,
            ApplicationMaster master,
            AdoptedLogs adopted,
            Upgrades upgrades,
            Baton baton) {
        this.source = source;
        this.clock = clock;
        this.startedMillis = baton.number(STARTED, clock.wallMillis());
        this.upgrades = upgrades;
        this.present = compiled;
        this.engine = engine;
        this.sockets = sockets;
        this.supervisor = supervisor;
        this.journal = journal;
        this.master = master;
        this.adopted = adopted;
    }

    /// Opens listeners, then starts units. If a listener cannot be opened nothing is started.
    ///
    /// @param listener told of every step of every unit; must not block
    /// @param baton of an earlier program of this process, which goes on here; empty for a stack that begins
    /// @throws IOException naming what could not be done
    static StackRun start(
            StackSource source,
            CompiledStack compiled,
            Clock clock,
            Consumer<UnitChange> listener,
            Consumer<ApplicationChange> applications,
            Baton baton)
            throws IOException {
        prepare(compiled);
        Journal journal = StateFolder.current().openJournal(compiled.layout().location(), clock, baton);
        Upgrades upgrades = new Upgrades(baton, clock);
        Map<String, Integer> lent = LentSockets.of(
                plan(compiled),
                one -> LOG.warn("was given the socket {}, and nothing of the stack listens there", one.address()));
        Engine engine = Engine.start(plan(compiled), upgrades.listeners(baton, EngineOptions.of(clock), lent));
        OperatorSockets sockets = sockets(engine, plan(compiled), clock);
        try {
            SupervisorOptions options = SupervisorOptions.DEFAULT.withTrial(
                    compiled.layout().relocation().root().isPresent());
            AdoptedLogs adopted = new AdoptedLogs(clock, journal);
            adopted.apply(compiled.adopted());
            Supervisor supervisor = Supervisor.start(UnitSet.EMPTY, options, clock, journal, listener, baton);
            MasterOptions workers = new MasterOptions(
                    PythonSide.unpack(SocketFolder.current().pythonFolder()),
                    false,
                    false,
                    compiled.layout().relocation().root().isPresent());
            ApplicationMaster master =
                    ApplicationMaster.start(supervisor.loop(), engine.workers(), workers, clock, journal, change -> {
                        adopted.write(change);
                        applications.accept(change);
                    });
            master.apply(plan(compiled).applications(), startedByUnits(compiled), Set.copyOf(baton.texts(SERVING)));
            StackRun run = new StackRun(
                    source, clock, compiled, engine, sockets, supervisor, journal, master, adopted, upgrades, baton);
            supervisor.runApplicationsBy(new AdoptedApplications(master, run::read, run::reopen));
            JobSurroundings.of(compiled)
                    .ifPresent(found -> supervisor.surroundJobs(found.variables(), found.programs()));
            if (Relay.isGoingOn(baton)) {
                waitFor(supervisor.resume(compiled.units(), baton));
            } else {
                supervisor.apply(compiled.units());
            }
            return run;
        } catch (IOException refused) {
            sockets.close();
            engine.close();
            throw refused;
        }
    }

    /// The sockets that configurations ask for besides the stack's own.
    private static OperatorSockets sockets(Engine engine, Plan plan, Clock clock) throws IOException {
        try {
            return OperatorSockets.open(engine, plan, clock);
        } catch (IOException refused) {
            engine.close();
            throw refused;
        }
    }

    /// Names of applications that units stand for.
    private static Set<String> startedByUnits(CompiledStack compiled) {
        return compiled.adopted().stream()
                .map(unit -> unit.application().name())
                .collect(Collectors.toSet());
    }

    private CompiledStack read() {
        return source.read();
    }

    private static void prepare(CompiledStack compiled) throws IOException {
        if (compiled.layout().relocation().root().isPresent()) {
            LogFiles.makeFolders(
                    plan(compiled), compiled.layout().relocation().root().get());
        }
    }

    private static Plan plan(CompiledStack compiled) {
        return compiled.plan().orElse(Plan.EMPTY);
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Plan plan() {
        synchronized (this) {
            return plan(present);
        }
    }

    UnitSet units() {
        synchronized (this) {
            return present.units();
        }
    }

    /// Waits until the stack has been told to end and has ended.
    ///
    /// @return whether it has within the time
    boolean awaitEnd(Duration longest) throws InterruptedException {
        return ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public StackStatus status() {
        long pid = ProcessHandle.current().pid();
        List<UnitStatus> units = unlessEnded(supervisor.status());
        CompiledStack compiled;
        synchronized (this) {
            compiled = present;
        }
        return new StackStatus(
                SocketFolder.nameOf(compiled.layout().location()),
                compiled.layout().location().toString(),
                pid,
                startedMillis,
                ProcessTable.of((int) pid).map(ProcessTable.Row::residentBytes).orElse(0L),
                engine.status(),
                unlessEnded(master.status()),
                units);
    }

    List<ApplicationStatus> applications() {
        return unlessEnded(master.status());
    }

    /// How far every unit is, without asking the machine for its processes.
    Map<String, UnitStatus.Activity> activities() {
        return unlessEnded(supervisor.activities().thenApply(List::of)).stream()
                .findFirst()
                .orElse(Map.of());
    }

    @Override
    public List<UnitView> unitViews() {
        List<UnitStatus> all = unlessEnded(supervisor.status());
        UnitSet known = units();
        return all.stream()
                .map(status -> new UnitView(status, known.unit(status.name())))
                .toList();
    }

    @Override
    public ManagerStatus manager() {
        return unlessEnded(supervisor.manager().thenApply(List::of)).stream()
                .findFirst()
                .orElse(new ManagerStatus(true, List.of(), new LinkedHashMap<>()));
    }

    /// Of a stack that has ended nobody is left to answer.
    private <T> List<T> unlessEnded(CompletionStage<List<T>> stage) {
        while (ended.getCount() > 0) {
            try {
                return stage.toCompletableFuture().get(1, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                // Asked again, unless the stack has ended meanwhile.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed);
            }
        }
        return List.of();
    }

    @Override
    public Outcome perform(StackCommand command) {
        return switch (command) {
            case StackCommand.Reload() -> reload();
            case StackCommand.Upgrade() -> upgrades.begin(this);
            case StackCommand.UpgradeReport() -> upgrades.report();
            case StackCommand.Stop() -> stop();
            case StackCommand.ReopenLogs() -> reopen();
            case StackCommand.Deploy(String application) -> deploy(application);
            case StackCommand.Roll(String pattern) ->
                new RollingRestart(
                                engine,
                                () -> unlessEnded(supervisor.status()),
                                told -> waitFor(supervisor.execute(told)),
                                clock)
                        .run(pattern);
            case StackCommand.Scale(String application, int workers) -> waitFor(master.resize(application, workers));
            case StackCommand.ChangeVariables change -> waitFor(supervisor.execute(change));
            case StackCommand.CancelJobs cancel -> waitFor(supervisor.execute(cancel));
            case StackCommand.ForJobs(JobCommand forJobs) -> waitFor(supervisor.execute(forJobs));
            case StackCommand.ForUnit(UnitCommand forUnit) -> waitFor(supervisor.execute(forUnit));
        };
    }

    @Override
    public Outcome explain(Question question) {
        Optional<Asked> asked = Asked.of(question.method(), question.url(), question.fields(), question.from());
        if (asked.isEmpty()) {
            return new Outcome.Failed("\"" + question.url() + "\" is no URL of http or https");
        }
        CompiledStack compiled;
        synchronized (this) {
            compiled = present;
        }
        Explanation told = Explanation.of(
                question.isOld() ? asked.get().old() : asked.get(),
                compiled.moved(source.ports().reversed()),
                source.ports(),
                engine::explainer,
                status(),
                !question.isForPeople());
        return told.isAnswered() ? new Outcome.Done(told.text()) : new Outcome.Failed(told.text());
    }

    private Outcome reload() {
        return reload(true);
    }

    /// @param deploys whether applications go over to their present code, even if nothing else has changed
    synchronized Outcome reload(boolean deploys) {
        if (ending) {
            return new Outcome.Failed("the stack is being stopped");
        }
        CompiledStack compiled = source.read();
        if (compiled.isBroken()) {
            return new Outcome.Failed(
                    compiled.complaints(Severity.WARNING) + "\n\nnothing was changed: " + compiled.verdict());
        }
        try {
            prepare(compiled);
            engine.reload(plan(compiled));
            sockets.replace(plan(compiled));
            adopted.apply(compiled.adopted());
        } catch (IOException refused) {
            return new Outcome.Failed(refused.getMessage() + "\nnothing was changed");
        }
        present = compiled;
        CompletionStage<Outcome> renewed = deploys
                ? master.renew(plan(compiled).applications(), startedByUnits(compiled))
                : master.apply(plan(compiled).applications(), startedByUnits(compiled));
        Applied units = waitFor(supervisor.apply(compiled.units()));
        String complaints = compiled.complaints(Severity.WARNING);
        Outcome applications = waitFor(renewed);
        if (!applications.succeeded()) {
            return new Outcome.Failed(applications.message() + "\nthe rest of the configuration runs" + changes(units));
        }
        return new Outcome.Done((complaints.isEmpty() ? "" : complaints + "\n\n") + "reloaded: configuration "
                + engine.status().generation() + " runs" + changes(units)
                + (applications.message().isEmpty() ? "" : "\n" + applications.message()));
    }

    private Outcome deploy(String application) {
        DeployReport report = waitFor(master.deploy(application));
        return report.succeeded() ? new Outcome.Done(report.message()) : new Outcome.Failed(report.message());
    }

    private static String changes(Applied units) {
        return said("; started: ", units.added())
                + said("; stopped: ", units.removed())
                + said("; changed, restart to apply: ", units.changed());
    }

    private static String said(String what, Collection<String> names) {
        return names.isEmpty() ? "" : what + String.join(", ", names);
    }

    /// Ends everything in order: listeners first, so that nothing new comes in; then the requests that are
    /// open; then the units that answered them.
    private synchronized Outcome stop() {
        if (!ending) {
            ending = true;
            engine.stopAccepting();
            drain();
            waitFor(master.stopAll(true));
            waitFor(supervisor.stopAll());
            sockets.close();
            engine.close();
            supervisor.close();
            journal.close();
            adopted.close();
            ended.countDown();
        }
        return new Outcome.Done("stopped");
    }

    /// What an upgrade cannot be carried out for at this moment, after a while.
    Optional<String> unsettled() {
        return waitFor(supervisor.handOver(SETTLED_WITHIN, baton -> {}));
    }

    Upgrades upgrades() {
        return upgrades;
    }

    /// Finishes requests while new connections wait, and executes the next program. Returns only where that came
    /// to nothing; then everything goes on here.
    ///
    /// @param isWanted is asked at the last moment
    /// @param more adds what others hand over
    /// @return why it came to nothing
    synchronized String handOver(NextProgram next, BooleanSupplier isWanted, Consumer<Baton> more) {
        if (ending) {
            return "the stack is being stopped";
        }
        Baton all = new Baton();
        long begun = clock.monotonicNanos();
        AtomicReference<String> refused = new AtomicReference<>("the stack is being stopped");
        try {
            upgrades.hand(engine.handOver(), all);
            drain(GRACE);
            List<String> serving = unlessEnded(master.status()).stream()
                    .filter(application -> application.generation() > 0)
                    .map(ApplicationStatus::name)
                    .toList();
            waitFor(master.stopAll(true));
            waitFor(engine.flushLogs());
            Optional<String> obstacle = waitFor(supervisor.handOver(SETTLED_WITHIN, baton -> {
                if (isWanted.getAsBoolean()) {
                    all.takeIn(baton);
                    journal.save(all);
                    all.put(STARTED, startedMillis).put(SERVING, serving).put(Upgrades.BEGUN, begun);
                    more.accept(all);
                    refused.set(String.valueOf(Relay.handOver(next, all, NumberedSockets.told(plan(present)))
                            .getMessage()));
                }
            }));
            return goOn(all, obstacle.orElseGet(refused::get));
        } catch (OsException | IllegalStateException failed) {
            return goOn(all, String.valueOf(failed.getMessage()));
        }
    }

    /// Nothing came of an upgrade.
    private String goOn(Baton handed, String why) {
        try {
            engine.goOn(Upgrades.taken(handed));
            waitFor(master.apply(
                    plan(present).applications(), startedByUnits(present), Set.copyOf(handed.texts(SERVING))));
        } catch (IOException refused) {
            LOG.error("after an upgrade that failed traffic could not be taken up again", refused);
        }
        return why;
    }

    private void drain() {
        drain(Duration.ZERO);
    }

    private void drain(Duration grace) {
        try {
            engine.drain(plan(present).runtime().shutdownTimeout().orElse(DRAIN), grace);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome reopen() {
        engine.reopenLogs();
        adopted.reopen();
        return new Outcome.Done("log files are open again");
    }

    @Override
    public Following logs(Optional<String> unit, int last, boolean follow, Consumer<LogLine> sink) {
        List<String> units = unit.stream()
                .flatMap(name -> Stream.of(name, fullName(name)))
                .distinct()
                .toList();
        if (!follow) {
            journal.tail(units, last).forEach(entry -> sink.accept(line(entry)));
            return () -> {};
        }
        Journal.Following following = journal.tailAndFollow(units, last, entry -> sink.accept(line(entry)));
        return following::close;
    }

    private static String fullName(String unit) {
        return unit.matches(".*\\.(service|target|socket|timer|path)") ? unit : unit + ".service";
    }

    private static LogLine line(JournalEntry entry) {
        return new LogLine(
                entry.wallMillis(), entry.unit(), entry.identifier(), entry.pid(), entry.priority(), entry.text());
    }

    static <T extends @Nullable Object> T waitFor(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LONGEST_COMMAND.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
