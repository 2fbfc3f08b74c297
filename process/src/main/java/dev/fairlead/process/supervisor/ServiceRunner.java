package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.state.Action;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.Result;
import dev.fairlead.process.state.ServiceState;
import dev.fairlead.process.state.ServiceTable;
import dev.fairlead.process.state.StartHistory;
import dev.fairlead.process.state.Transition;
import dev.fairlead.process.supervisor.launch.DescriptorStore;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/// Runs one service: asks the table what to do, and does it.
final class ServiceRunner implements UnitRunner {
    private final Host host;
    private final ServiceProcesses processes;
    private final StepCommands steps;
    private final MainStart mainStart;
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<CompletableFuture<Outcome>> reloads = new ArrayList<>();
    private final Watchdog watchdog;
    private final Reports reports = new Reports(this);
    private boolean isHandling;
    private Service service;
    private Optional<Service> redefined = Optional.empty();
    private ServiceTable table;
    private ServiceState state = ServiceState.INITIAL;
    private StartHistory starts = StartHistory.EMPTY;
    private int restarts;
    private boolean isComingBack;
    private boolean hasHitStartLimit;
    private boolean tookTooMuch;
    private long sinceMillis;
    private Optional<MasterLoop.Timer> limit = Optional.empty();
    private long limitNanos;
    private OptionalLong reloadAskedMicros = OptionalLong.empty();
    private Optional<MasterLoop.Timer> comeback = Optional.empty();
    private Optional<ExitReport> lastExit = Optional.empty();
    private Optional<String> statusText = Optional.empty();
    private Optional<String> problem = Optional.empty();

    ServiceRunner(Host host, Service service) {
        this.host = host;
        this.service = service;
        this.table = new ServiceTable(service);
        this.processes = new ServiceProcesses(host, () -> handle(new Event.ProcessesGone()));
        this.steps = new StepCommands(this, host, processes);
        this.mainStart = new MainStart(this, host, processes);
        this.watchdog = new Watchdog(host.loop(), this::watchdogMissed);
        this.sinceMillis = host.clock().wallMillis();
    }

    @Override
    public Unit unit() {
        return service;
    }

    Service service() {
        return service;
    }

    ServiceState state() {
        return state;
    }

    ServiceProcesses processes() {
        return processes;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Reports reports() {
        return reports;
    }

    DescriptorStore store() {
        return processes.store();
    }

    void tell(String message) {
        host.say(name(), name() + ": " + message);
    }

    void watchdogMissed() {
        Duration most = service.timeouts().watchdog().orElse(Duration.ZERO);
        tell("Watchdog timeout (limit " + TimeText.of(most) + ")! ["
                + service.origin().fileAndLine() + "]");
        handle(new Event.WatchdogMissed());
    }

    @Override
    public void redefine(Unit unit) {
        if (unit instanceof Service other) {
            redefined = Optional.of(other);
            if (other.equals(service) || state.phase().isAtRest()) {
                takeDefinition();
            }
        }
    }

    private void takeDefinition() {
        redefined.ifPresent(other -> {
            service = other;
            table = new ServiceTable(other);
        });
        redefined = Optional.empty();
    }

    @Override
    public void start() {
        handle(new Event.Start());
    }

    @Override
    public void stop() {
        handle(new Event.Stop());
    }

    @Override
    public void stopForRestart() {
        handle(new Event.Restart());
    }

    @Override
    public boolean canReload() {
        return !service.commands().reload().isEmpty() || service.startup() == Startup.NOTIFY_RELOAD;
    }

    @Override
    public CompletableFuture<Outcome> reload() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (state.phase() != Phase.RUNNING && state.phase() != Phase.EXITED) {
            outcome.complete(new Outcome.Failed(name() + " is not active, cannot reload."));
        } else {
            reloads.add(outcome);
            handle(new Event.Reload());
        }
        return outcome;
    }

    @Override
    public boolean hasSucceeded() {
        return state.phase() != Phase.FAILED && !state.result().isFailure();
    }

    @Override
    public boolean comesBack() {
        return state.phase() == Phase.AUTO_RESTART;
    }

    @Override
    public Activity downState() {
        return state.result().isFailure() ? Activity.FAILED : Activity.INACTIVE;
    }

    /// Whether it stays down because it was started too often.
    boolean hasHitStartLimit() {
        return hasHitStartLimit && state.phase() == Phase.FAILED;
    }

    @Override
    public boolean countsStart() {
        takeDefinition();
        if (!isComingBack) {
            restarts = 0;
        }
        isComingBack = false;
        long now = host.clock().monotonicNanos();
        hasHitStartLimit = !starts.allows(service.startLimit(), now);
        if (!hasHitStartLimit) {
            starts = starts.with(service.startLimit(), now);
            return true;
        }
        host.say(name(), name() + ": Start request repeated too quickly.");
        problem = Optional.of("started more than " + service.startLimit().burst() + " times within "
                + service.startLimit().interval().toSeconds() + " s; it stays down until it is started by hand");
        handle(new Event.StartRefused(Result.START_LIMIT_HIT));
        return false;
    }

    void resetFailed() {
        starts = StartHistory.EMPTY;
        restarts = 0;
        handle(new Event.Reset());
    }

    /// Events that come up while one is being handled wait for their turn.
    void handle(Event event) {
        events.add(event);
        if (isHandling) {
            return;
        }
        isHandling = true;
        try {
            for (Event next = events.poll(); next != null; next = events.poll()) {
                step(next);
            }
        } finally {
            isHandling = false;
        }
    }

    private void step(Event event) {
        Phase before = state.phase();
        Activity was = before.activity();
        Transition transition = table.next(state, event);
        state = transition.state();
        boolean hasMoved = before != state.phase();
        boolean wasDown = before.isAtRest() || before == Phase.AUTO_RESTART;
        boolean begins = wasDown && !state.phase().isAtRest() && state.phase() != Phase.AUTO_RESTART;
        if (begins) {
            processes.renew();
            watchdog.most(service.timeouts().watchdog());
            statusText = Optional.empty();
            problem = Optional.empty();
        }
        Optional<String> message = hasMoved ? Messages.entered(service, before, state) : Optional.empty();
        message.ifPresent(text -> host.say(name(), text));
        if (was != state.phase().activity()) {
            sinceMillis = host.clock().wallMillis();
        }
        transition.actions().forEach(this::perform);
        if (before == Phase.RELOAD && hasMoved) {
            reloadEnded(false);
        }
        watchdog.arm(
                state.phase() == Phase.START_POST || activity() == Activity.ACTIVE || activity() == Activity.RELOADING);
        if (hasMoved || event instanceof Event.StartRefused) {
            host.changed()
                    .accept(
                            this,
                            new UnitChange(
                                    name(), was, activity(), state.phase().word(), message.orElse("")));
        }
        if (hasMoved && (state.phase().isAtRest() || state.phase() == Phase.AUTO_RESTART)) {
            cleanUp();
        }
    }

    /// It is down, perhaps for good.
    private void cleanUp() {
        service.pidFile().ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException notOurs) {
                tell("cannot remove " + file + ": " + notOurs.getMessage());
            }
        });
        boolean comesBack =
                state.phase() == Phase.AUTO_RESTART || host.triggers().hasJob(name());
        processes.cleanUp(service, comesBack);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Run run -> steps.run(run.step());
            case Action.SpawnMain _ -> mainStart.begin();
            case Action.Kill kill -> processes.kill(service.kill(), kill.round());
            case Action.AbandonCommands _ -> {
                steps.abandon();
                if (state.phase() == Phase.RUNNING || state.phase() == Phase.EXITED) {
                    processes.killCommands(Signal.KILL);
                }
            }
            case Action.Limit most -> limit(most.most());
            case Action.ScheduleRestart _ -> scheduleRestart(service.restart().delayAfter(restarts));
            case Action.ReloadEnded ended -> reloadEnded(ended.succeeded());
        }
    }

    private void limit(Optional<Duration> most) {
        limit.ifPresent(MasterLoop.Timer::cancel);
        comeback.ifPresent(MasterLoop.Timer::cancel);
        Duration spread = state.phase() == Phase.RUNNING ? service.timeouts().runSpread() : Duration.ZERO;
        long extra = spread.isZero() ? 0 : ThreadLocalRandom.current().nextLong(spread.toNanos());
        limit = most.map(delay -> schedule(delay.plusNanos(extra)));
    }

    private MasterLoop.Timer schedule(Duration delay) {
        limitNanos = host.clock().monotonicNanos() + delay.toNanos();
        return host.loop().schedule(delay, this::timedOut);
    }

    /// The step it is in may take this much more, counted from now.
    void extend(Duration more) {
        boolean isLater = limitNanos < host.clock().monotonicNanos() + more.toNanos();
        if (limit.isPresent() && isLater) {
            limit.ifPresent(MasterLoop.Timer::cancel);
            limit = Optional.of(schedule(more));
        }
    }

    /// A reload that was asked for counts as begun when the service says so after it was asked.
    boolean reloadHasBegun() {
        return service.startup() != Startup.NOTIFY_RELOAD || reloadAskedMicros.isEmpty();
    }

    void reloadAsked() {
        reloadAskedMicros = OptionalLong.of(host.clock().monotonicNanos() / 1000);
    }

    void saysReloading(OptionalLong micros) {
        boolean isOfThisOne =
                reloadAskedMicros.isEmpty() || micros.isEmpty() || micros.getAsLong() >= reloadAskedMicros.getAsLong();
        if (isOfThisOne) {
            reloadAskedMicros = OptionalLong.empty();
        }
    }

    private void timedOut() {
        host.say(
                name(),
                name() + ": " + state.phase().word() + " operation timed out. ["
                        + service.origin().fileAndLine() + "]");
        handle(new Event.TimedOut());
    }

    private void scheduleRestart(Duration delay) {
        comeback = Optional.of(host.loop().schedule(delay, this::comesBackNow));
    }

    private void comesBackNow() {
        restarts++;
        isComingBack = true;
        host.say(name(), name() + ": Scheduled restart job, restart counter is at " + restarts + ".");
        host.restartDue().accept(name());
    }

    private void reloadEnded(boolean succeeded) {
        Outcome outcome = succeeded
                ? new Outcome.Done("Reloaded " + name() + ".")
                : new Outcome.Failed("Reload of " + name() + " failed; it goes on as it was.");
        List.copyOf(reloads).forEach(waiting -> waiting.complete(outcome));
        reloads.clear();
    }

    /// Says why a process could not be started and keeps it for the status.
    void failed(StartFailure failure) {
        String message = String.valueOf(failure.getMessage());
        problem = Optional.of(message);
        host.say(name(), name() + ": " + message);
    }

    void ofMain(Command command, Ending ending) {
        if (processes.mainHasEnded()) {
            mainEnded(command, ending);
        }
    }

    void mainEnded(Command command, Ending ending) {
        exited("Main", ending);
        Result own = tookTooMuch ? Result.OOM_KILL : ending.ofMain(service);
        Result result = command.failureIsIgnored() ? Result.SUCCESS : own;
        handle(new Event.MainEnded(ending, result, service.outlivesMain() && steps.goesOnWithoutMain()));
    }

    /// Notes how a process ended, and says so unless it ended well.
    void exited(String whose, Ending ending) {
        lastExit = Optional.of(
                UnitStatuses.exit(processes.lastEnded(), ending, host.clock().wallMillis()));
        if (!ending.equals(new Ending.Exited(0))) {
            host.say(name(), Messages.ending(name(), whose, ending));
        }
        Optional<String> outOfMemory = processes.groups().about(ending);
        outOfMemory.ifPresent(this::tell);
        tookTooMuch = outOfMemory.isPresent();
    }

    /// A daemon that was left behind, or a process the service names itself.
    void adoptMain(int pid) {
        Command command = service.commands().start().getFirst();
        try {
            processes.adoptMain(pid, ending -> ofMain(command, ending));
            handle(new Event.MainStarted());
        } catch (OsException gone) {
            host.say(name(), name() + ": process " + pid + " cannot be watched: " + gone.reason());
        }
    }

    void saysError(long errno) {
        statusText = Optional.of(statusText.orElse("") + " (errno " + errno + ")");
    }

    void says(String text) {
        statusText = Optional.of(text);
    }

    /// Whether it only waits: for the end of processes, its word, or the moment to come back.
    @Override
    public Optional<String> unsettled() {
        boolean isAwaited = state.phase() == Phase.START
                && processes.main().isPresent()
                && (service.startup() == Startup.NOTIFY || service.startup() == Startup.NOTIFY_RELOAD);
        return (isAwaited || state.phase().onlyWaits()) && events.isEmpty() && !mainStart.isWaiting()
                ? Optional.empty()
                : Optional.of("in " + state.phase().word());
    }

    @Override
    public void save(Baton part) {
        ServiceBaton.save(part, state);
        ServiceBaton.save(part, starts);
        lastExit.ifPresent(exit -> ServiceBaton.save(part, exit));
        part.put("restarts", restarts)
                .put("coming-back", isComingBack)
                .put("start-limit", hasHitStartLimit)
                .put("since", sinceMillis)
                .put("status", statusText)
                .put("problem", problem)
                .put("outdated", redefined.isPresent());
        limit.stream().flatMapToLong(timer -> timer.dueNanos().stream()).forEach(due -> part.put("limit", due));
        comeback.stream().flatMapToLong(timer -> timer.dueNanos().stream()).forEach(due -> part.put("comeback", due));
        watchdog.save(part);
        processes.save(part);
    }

    @Override
    public void resume(Baton part) {
        state = ServiceBaton.state(part);
        starts = ServiceBaton.starts(part);
        lastExit = ServiceBaton.exit(part);
        restarts = (int) part.number("restarts", 0);
        isComingBack = part.is("coming-back");
        hasHitStartLimit = part.is("start-limit");
        sinceMillis = part.number("since", sinceMillis);
        statusText = part.text("status");
        problem = part.text("problem");
        redefined = part.is("outdated") ? Optional.of(service) : Optional.empty();
        part.number("limit").ifPresent(due -> {
            limitNanos = due;
            limit = Optional.of(host.loop().scheduleAt(due, this::timedOut));
        });
        part.number("comeback")
                .ifPresent(due -> comeback = Optional.of(host.loop().scheduleAt(due, this::comesBackNow)));
        watchdog.resume(part);
        processes.resume(part, ending -> ofMain(service.commands().start().getFirst(), ending));
        if (state.phase() == Phase.RUNNING && processes.main().isEmpty()) {
            steps.watchRest();
        }
    }

    @Override
    public Activity activity() {
        return state.phase().activity();
    }

    /// With an event waiting it is not: that may be the start that follows a stop.
    @Override
    public boolean isAtRest() {
        return state.phase().isAtRest() && events.isEmpty();
    }

    @Override
    public UnitStatus status(boolean isEnabled, List<ProcessTable.Row> all) {
        return UnitStatuses.of(
                this,
                new UnitStatuses.Facts(
                        sinceMillis, restarts, lastExit, statusText, isEnabled, redefined.isPresent(), problem),
                all);
    }
}
