package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Command;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Signal;
import dev.fairlead.model.service.Startup;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.state.Action;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.Result;
import dev.fairlead.process.state.ServiceState;
import dev.fairlead.process.state.ServiceTable;
import dev.fairlead.process.state.StartHistory;
import dev.fairlead.process.state.Transition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Runs one service: asks the table what to do, and does it.
final class ServiceRunner implements UnitRunner {
    private final Host host;
    private final ServiceProcesses processes;
    private final StepCommands steps;
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<CompletableFuture<Outcome>> reloads = new ArrayList<>();
    private boolean isHandling;
    private Service service;
    private Optional<Service> redefined = Optional.empty();
    private ServiceTable table;
    private ServiceState state = ServiceState.INITIAL;
    private StartHistory starts = StartHistory.EMPTY;
    private int restarts;
    private long sinceMillis;
    private Optional<MasterLoop.Timer> limit = Optional.empty();
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
        restarts = state.phase().isAtRest() ? 0 : restarts;
        begin(new Event.Start());
    }

    @Override
    public void stop() {
        handle(new Event.Stop());
    }

    @Override
    public void restart() {
        if (state.phase().isAtRest()) {
            start();
        } else if (state.phase() == Phase.AUTO_RESTART) {
            restarts = 0;
            begin(new Event.Restart());
        } else {
            restarts = 0;
            handle(new Event.Restart());
        }
    }

    CompletionStage<Outcome> reload() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        boolean canReload = !service.commands().reload().isEmpty() || service.startup() == Startup.NOTIFY_RELOAD;
        if (!canReload) {
            outcome.complete(new Outcome.Failed(
                    "Job type reload is not applicable for unit " + name() + ": it has no ExecReload command"));
        } else if (state.phase() != Phase.RUNNING && state.phase() != Phase.EXITED) {
            outcome.complete(new Outcome.Failed(name() + " is not active, cannot reload."));
        } else {
            reloads.add(outcome);
            handle(new Event.Reload());
        }
        return outcome;
    }

    void resetFailed() {
        starts = StartHistory.EMPTY;
        restarts = 0;
        handle(new Event.Reset());
    }

    /// Not started because of something else.
    void refuseStart(Result reason) {
        handle(new Event.StartRefused(reason));
    }

    /// Begins a start that counts, unless there have been too many.
    private void begin(Event event) {
        boolean isDown = state.phase().isAtRest() || state.phase() == Phase.AUTO_RESTART;
        boolean waits = state.phase() == Phase.AUTO_RESTART && event instanceof Event.Start;
        if (!isDown || waits) {
            handle(event);
            return;
        }
        takeDefinition();
        long now = host.clock().monotonicNanos();
        if (starts.allows(service.startLimit(), now)) {
            starts = starts.with(service.startLimit(), now);
            handle(event);
        } else {
            host.say(name(), name() + ": Start request repeated too quickly.");
            problem = Optional.of("started more than " + service.startLimit().burst() + " times within "
                    + service.startLimit().interval().toSeconds() + " s; it stays down until it is started by hand");
            handle(new Event.StartRefused(Result.START_LIMIT_HIT));
        }
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
            statusText = Optional.empty();
            problem = Optional.empty();
        }
        Optional<String> message = hasMoved ? Messages.entered(service, before, state) : Optional.empty();
        message.ifPresent(text -> host.say(name(), text));
        if (was != state.phase().activity()) {
            sinceMillis = host.clock().wallMillis();
        }
        transition.actions().forEach(this::perform);
        if (hasMoved || event instanceof Event.StartRefused) {
            host.changed()
                    .accept(
                            this,
                            new UnitChange(
                                    name(), was, activity(), state.phase().word(), message.orElse("")));
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Run run -> steps.run(run.step());
            case Action.SpawnMain _ -> spawnMain();
            case Action.Kill kill -> processes.kill(service.kill(), kill.round());
            case Action.AbandonCommands _ -> {
                steps.abandon();
                if (state.phase() == Phase.RUNNING || state.phase() == Phase.EXITED) {
                    processes.killCommands(Signal.KILL);
                }
            }
            case Action.Limit most -> limit(most.most());
            case Action.ScheduleRestart schedule -> scheduleRestart(schedule.delay());
            case Action.StartAgain _ -> begin(new Event.Start());
            case Action.ReloadEnded ended -> reloadEnded(ended.succeeded());
        }
    }

    private void limit(Optional<Duration> most) {
        limit.ifPresent(MasterLoop.Timer::cancel);
        comeback.ifPresent(MasterLoop.Timer::cancel);
        limit = most.map(delay -> host.loop().schedule(delay, this::timedOut));
    }

    private void timedOut() {
        host.say(
                name(),
                name() + ": " + state.phase().word() + " operation timed out. ["
                        + service.origin().fileAndLine() + "]");
        handle(new Event.TimedOut());
    }

    private void scheduleRestart(Duration delay) {
        comeback = Optional.of(host.loop().schedule(delay, () -> {
            restarts++;
            host.say(name(), name() + ": Scheduled restart job, restart counter is at " + restarts + ".");
            begin(new Event.RestartDue());
        }));
    }

    private void reloadEnded(boolean succeeded) {
        Outcome outcome = succeeded
                ? new Outcome.Done("Reloaded " + name() + ".")
                : new Outcome.Failed("Reload of " + name() + " failed; it goes on as it was.");
        List.copyOf(reloads).forEach(waiting -> waiting.complete(outcome));
        reloads.clear();
    }

    private void spawnMain() {
        Command command = service.commands().start().getFirst();
        try {
            processes.launch(service, command, Map.of(), true, ending -> mainEnded(command, ending));
            handle(new Event.MainStarted());
        } catch (StartFailure failure) {
            failed(failure);
            mainEnded(command, new Ending.Exited(failure.status()));
        }
    }

    /// Says why a process could not be started and keeps it for the status.
    void failed(StartFailure failure) {
        String message = String.valueOf(failure.getMessage());
        problem = Optional.of(message);
        host.say(name(), name() + ": " + message);
    }

    void mainEnded(Command command, Ending ending) {
        exited("Main", ending);
        Result result = command.failureIsIgnored() ? Result.SUCCESS : ending.ofMain(service);
        handle(new Event.MainEnded(ending, result));
    }

    /// Notes how a process ended, and says so unless it ended well.
    void exited(String whose, Ending ending) {
        int pid = processes.lastEnded();
        lastExit = Optional.of(
                switch (ending) {
                    case Ending.Exited exited ->
                        new ExitReport(
                                pid, false, exited.code(), false, host.clock().wallMillis());
                    case Ending.Killed killed ->
                        new ExitReport(
                                pid,
                                true,
                                killed.signal(),
                                killed.dumpedCore(),
                                host.clock().wallMillis());
                });
        if (!ending.equals(new Ending.Exited(0))) {
            host.say(name(), Messages.ending(name(), whose, ending));
        }
    }

    /// A daemon that was left behind, or a process the service names itself.
    void adoptMain(int pid) {
        Command command = service.commands().start().getFirst();
        try {
            processes.adoptMain(pid, ending -> mainEnded(command, ending));
            handle(new Event.MainStarted());
        } catch (OsException gone) {
            host.say(name(), name() + ": process " + pid + " cannot be watched: " + gone.reason());
        }
    }

    void says(String text) {
        statusText = Optional.of(text);
    }

    @Override
    public Activity activity() {
        return state.phase().activity();
    }

    @Override
    public boolean hasSucceeded() {
        return state.phase() != Phase.FAILED
                && state.phase() != Phase.AUTO_RESTART
                && !state.result().isFailure();
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
