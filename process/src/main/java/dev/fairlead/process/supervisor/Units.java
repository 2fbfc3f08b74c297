package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.PathUnit;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.supervisor.launch.Captures;
import dev.fairlead.process.supervisor.launch.DeathWatch;
import dev.fairlead.process.supervisor.launch.Launch;
import dev.fairlead.process.supervisor.launch.ManagerVariables;
import dev.fairlead.process.supervisor.launch.Scans;
import dev.fairlead.process.supervisor.launch.Spawner;
import dev.fairlead.process.transaction.JobType;
import dev.fairlead.time.Clock;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// All units of a supervisor. Only on the master loop.
final class Units {
    private final Host host;
    private final Graph graph = new Graph();
    private final Jobs jobs;
    private final Consequences consequences;
    private final EventBoard events;
    private final Notifications notifications;
    private final Orphans orphans;
    private final NotifySocket socket;
    private final Consumer<UnitChange> listener;
    private final Set<String> leaving = new HashSet<>();
    private final List<Runnable> whenAtRest = new ArrayList<>();
    private Set<String> enabled = Set.of();
    private UnitApplications applications = UnitApplications.NONE;

    Units(
            MasterLoop loop,
            Clock clock,
            Journal journal,
            SupervisorOptions options,
            NotifySocket socket,
            Born born,
            Consumer<UnitChange> listener) {
        this.socket = socket;
        this.listener = listener;
        this.host = new Host(
                loop,
                clock,
                journal,
                options,
                socket.name(),
                new Captures(loop, journal),
                new DeathWatch(loop),
                this::changed,
                this::restart,
                this::dependencyFailed,
                this::beforeEnding,
                new Spawner(loop),
                new Scans(loop),
                new Triggers(graph, new Triggers.Ways(this::startFor, this::hasJob, this::runner)),
                new ManagerVariables(),
                new Quiet(loop, this::hasNothingToDo),
                born);
        this.notifications = new Notifications(socket, graph, host.spawner());
        this.jobs = new Jobs(host, graph);
        this.consequences = new Consequences(host, graph, jobs);
        this.events = new EventBoard(host, graph::runners);
        this.orphans = new Orphans(loop, this::isExpected);
    }

    void listen() {
        try {
            host.loop().watch(socket.descriptor(), notifications::read);
            if (host.options().adoptsOrphans()) {
                orphans.await();
            }
        } catch (OsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void applications(UnitApplications runner) {
        applications = runner;
    }

    /// What was said before a process ended counts as said before it; orphans that have ended are collected on
    /// the way.
    private void beforeEnding() {
        notifications.read();
        if (host.options().adoptsOrphans()) {
            orphans.collect();
        }
    }

    /// Whether a child is collected by whoever watches it, or is about to.
    private boolean isExpected(int pid) {
        return host.spawner().isBusy()
                || events.watches(pid)
                || host.deathWatch().watches(pid)
                || graph.runners().stream()
                        .anyMatch(runner -> runner instanceof ServiceRunner service
                                && service.processes().watches(pid));
    }

    private void changed(UnitRunner runner, UnitChange change) {
        listener.accept(change);
        Activity now = runner.comesBack() ? runner.downState() : change.now();
        boolean isUnexpected = jobs.moved(runner, now);
        consequences.follow(runner, change.before(), now, isUnexpected);
        host.triggers().moved(runner);
        events.tell(runner, change);
        forgetLeaving();
        if (!whenAtRest.isEmpty()) {
            // The end of one may be an event that another one waits for.
            host.loop().execute(this::tellIfAtRest);
        }
    }

    private void tellIfAtRest() {
        if (graph.runners().stream().allMatch(UnitRunner::isAtRest)) {
            List<Runnable> waiting = List.copyOf(whenAtRest);
            whenAtRest.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /// It has been down long enough. What requires it is restarted along.
    private void restart(String name) {
        jobs.wish(name, JobType.RESTART, JobMode.REPLACE);
    }

    private void dependencyFailed(String name) {
        consequences.dependencyFailed(name);
    }

    private void forgetLeaving() {
        for (String name : Set.copyOf(leaving)) {
            if (graph.runner(name).filter(UnitRunner::isAtRest).isPresent()) {
                leaving.remove(name);
                graph.remove(name);
                events.forget(name);
            }
        }
    }

    List<UnitStatus> status() {
        List<ProcessTable.Row> all = ProcessTable.all();
        return graph.runners().stream()
                .map(runner -> runner.status(enabled.contains(runner.name()), all))
                .sorted(Comparator.comparing(UnitStatus::name))
                .toList();
    }

    Map<String, Activity> activities() {
        Map<String, Activity> all = new TreeMap<>();
        graph.runners().forEach(runner -> all.put(runner.name(), runner.activity()));
        return all;
    }

    /// What keeps the units from being handed to another program at this moment.
    Optional<String> unsettled() {
        if (!jobs.areDone()) {
            return Optional.of("something is still being started, stopped or reloaded");
        }
        Optional<String> unit = graph.runners().stream()
                .flatMap(runner -> runner.unsettled().map(why -> runner.name() + " is " + why).stream())
                .findFirst();
        return unit.or(() -> events.unsettled().map(name -> name + " is under way"));
    }

    /// Writes down what another program needs to go on with every unit.
    void save(Baton part) {
        host.born().save(part);
        part.put("enabled", enabled)
                .put("passing", host.triggers().passing())
                .put("notify-name", socket.name())
                .hand("notify", socket.descriptor());
        host.variables().save(part);
        host.captures().save(part);
        host.deathWatch().save(part.add("death-watch"));
        events.save(part.add("events"));
        for (UnitRunner runner : graph.runners()) {
            Baton unit = part.add("units").put("name", runner.name()).put("kind", kind(runner.unit()));
            runner.save(unit);
        }
    }

    /// Goes on with units that are handed over, all of which keep what they are defined by, or are defined anew.
    void resume(UnitSet definitions, Baton part) throws OsException {
        host.triggers().unitsFrom(definitions.onDemand());
        host.variables().resume(part);
        host.captures().resume(part);
        host.deathWatch().resume(part.part("death-watch"));
        definitions.units().forEach(unit -> graph.add(runner(unit)));
        host.triggers().passing().addAll(part.texts("passing"));
        events.resume(part.part("events"));
        for (Baton unit : part.parts("units")) {
            String name = unit.text("name", "");
            host.triggers()
                    .bring(name)
                    .filter(runner -> kind(runner.unit()).equals(unit.text("kind", "")))
                    .ifPresentOrElse(
                            runner -> runner.resume(unit),
                            () -> host.say(name, name + ": is no longer defined; what runs of it is left alone."));
        }
        enabled = new LinkedHashSet<>(part.texts("enabled"));
    }

    private static String kind(Unit unit) {
        return unit.getClass().getSimpleName();
    }

    /// The loop has ended: services that still run get their stop signal.
    void close() {
        if (host.options().childrenDieWithIt()) {
            host.spawner().left().forEach(Launch::endAtOnce);
        }
        host.deathWatch().close();
    }

    Applied apply(UnitSet definitions) {
        host.triggers().unitsFrom(definitions.onDemand());
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        for (Unit unit : definitions.units()) {
            leaving.remove(unit.name());
            Optional<UnitRunner> runner = graph.runner(unit.name()).filter(known -> mayStay(known, unit));
            if (runner.isEmpty()) {
                graph.add(runner(unit));
                added.add(unit.name());
            } else {
                (runner.get().unit().equals(unit) ? unchanged : changed).add(unit.name());
                runner.get().redefine(unit);
            }
        }
        List<String> removed = remove(definitions);
        Set<String> start = new LinkedHashSet<>(definitions.enabled());
        start.removeAll(enabled);
        enabled = definitions.enabled();
        jobs.start(start);
        events.boot();
        return new Applied(added, removed, changed, unchanged);
    }

    /// A unit that has become one of another kind is run anew once nothing of it runs.
    private static boolean mayStay(UnitRunner known, Unit unit) {
        return known.unit().getClass().equals(unit.getClass()) || !known.isAtRest();
    }

    private UnitRunner runner(Unit unit) {
        return switch (unit) {
            case Service service -> new ServiceRunner(host, service);
            case SocketUnit socket -> new SocketRunner(host, socket);
            case TimerUnit timer -> new TimerRunner(host, timer);
            case PathUnit path -> new PathRunner(host, path);
            case Target target -> new TargetRunner(host, target);
            case ApplicationUnit application -> new ApplicationRunner(host, application, () -> applications);
            case Job job -> events.runner(job);
        };
    }

    private List<String> remove(UnitSet definitions) {
        List<String> removed = new ArrayList<>();
        List<UnitRunner> leavers = new ArrayList<>();
        Set<String> defined = definitions.units().stream().map(Unit::name).collect(Collectors.toSet());
        for (UnitRunner runner : List.copyOf(graph.runners())) {
            if (defined.contains(runner.name())) {
                continue;
            }
            Optional<Unit> made = definitions.onDemand().unit(runner.name());
            made.ifPresent(runner::redefine);
            if (made.isEmpty() && leaving.add(runner.name())) {
                removed.add(runner.name());
                leavers.add(runner);
            }
        }
        jobs.stop(leavers);
        forgetLeaving();
        return removed;
    }

    private void startFor(String name) {
        jobs.wish(name, JobType.START, JobMode.REPLACE);
    }

    private boolean hasNothingToDo() {
        return jobs.areDone();
    }

    private boolean hasJob(String name) {
        return jobs.isQueued(name);
    }

    ManagerStatus manager() {
        return new ManagerStatus(
                jobs.haveSettled(), jobs.list(), host.variables().all());
    }

    Outcome changeVariables(List<String> unset, List<String> set) {
        Optional<String> wrong = host.variables().change(unset, set);
        return wrong.isPresent() ? new Outcome.Refused(wrong.get()) : new Outcome.Done("");
    }

    Outcome cancel(OptionalInt number) {
        boolean isDone = jobs.cancel(number);
        return isDone ? new Outcome.Done("") : new Outcome.Unknown("Job " + number.orElse(0) + " does not exist.");
    }

    /// What is refused at once is told; what is under way counts as done.
    private CompletionStage<Outcome> begin(UnitCommand command) {
        CompletableFuture<Outcome> outcome = execute(command).toCompletableFuture();
        Outcome begun = new Outcome.Done("Begun for " + command.unit() + ".");
        Outcome now = outcome.getNow(begun);
        return CompletableFuture.completedFuture(now instanceof Outcome.Failed ? begun : now);
    }

    CompletionStage<Outcome> execute(UnitCommand command) {
        if (command instanceof UnitCommand.Begin(UnitCommand begun)) {
            return begin(begun);
        }
        String name = fullName(command.unit());
        Optional<UnitRunner> runner = command instanceof UnitCommand.Start || command instanceof UnitCommand.Restart
                ? host.triggers().bring(name)
                : graph.runner(name);
        if (runner.isEmpty()) {
            // systemd looks at whether it may be isolated before it looks whether it is there.
            return command instanceof UnitCommand.Start start && start.mode() == JobMode.ISOLATE
                    ? jobs.wish(name, JobType.START, JobMode.ISOLATE)
                    : CompletableFuture.completedFuture(unknown(name));
        }
        return switch (command) {
            case UnitCommand.Start start -> byHand(runner.get(), JobType.START, start.mode());
            case UnitCommand.Stop stop -> byHand(runner.get(), JobType.STOP, stop.mode());
            case UnitCommand.Restart restart -> byHand(runner.get(), JobType.RESTART, restart.mode());
            case UnitCommand.Reload reload -> byHand(runner.get(), JobType.RELOAD, reload.mode());
            case UnitCommand.Begin begun -> begin(begun.command());
            case UnitCommand.ResetFailed _ -> reset(runner.get());
            case UnitCommand.Kill kill -> kill(runner.get(), kill);
        };
    }

    /// Without a suffix a service is meant, where no job has that name.
    private String fullName(String name) {
        boolean isService = graph.runner(name + ".service").isPresent();
        boolean isJob = graph.runner(name).isPresent();
        return isService || (name.indexOf('.') < 0 && !isJob) ? name + ".service" : name;
    }

    EventBoard events() {
        return events;
    }

    JobDesk desk() {
        return new JobDesk(events);
    }

    private Outcome unknown(String name) {
        List<String> names = graph.runners().stream().map(UnitRunner::name).toList();
        return new Outcome.Unknown("Unit " + name + " not found."
                + Suggestion.nearest(name, names)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse(""));
    }

    /// What a person wishes, who may not have everything that other units may.
    private CompletionStage<Outcome> byHand(UnitRunner runner, JobType type, JobMode mode) {
        UnitRules rules = runner.unit().rules();
        boolean isRefused = (type == JobType.STOP ? rules.refusesManualStop() : rules.refusesManualStart())
                || (type == JobType.RESTART && rules.refusesManualStop());
        if (isRefused && type != JobType.RELOAD) {
            return CompletableFuture.completedFuture(new Outcome.Refused("Operation refused, unit " + runner.name()
                    + " may be requested by dependency only (it is configured to refuse manual start/stop)."));
        }
        return jobs.wish(runner.name(), type, mode);
    }

    private static CompletionStage<Outcome> reset(UnitRunner runner) {
        if (runner instanceof ServiceRunner service) {
            service.resetFailed();
        }
        if (runner instanceof Starter starter) {
            starter.resetFailed();
        }
        return CompletableFuture.completedFuture(new Outcome.Done("Reset " + runner.name() + "."));
    }

    private static CompletionStage<Outcome> kill(UnitRunner runner, UnitCommand.Kill kill) {
        if (runner instanceof ApplicationRunner application) {
            return application.signal(kill.signal());
        }
        if (runner instanceof JobRunner job) {
            job.kill(kill.signal());
        }
        if (runner instanceof ServiceRunner service) {
            ServiceProcesses processes = service.processes();
            int signal = kill.signal().number();
            boolean found = switch (kill.whom()) {
                case ALL -> processes.signalAll(signal);
                case MAIN -> processes.signalMain(signal);
                case CONTROL -> processes.signalControl(signal);
            };
            if (!found) {
                String whom = kill.whom() == UnitCommand.Kill.Whom.MAIN ? "main" : "control";
                return CompletableFuture.completedFuture(new Outcome.Refused("No " + whom + " process to kill"));
            }
        }
        return CompletableFuture.completedFuture(
                new Outcome.Done("Sent " + kill.signal() + " to " + runner.name() + "."));
    }

    void stopAll(Runnable whenStopped) {
        events.stopAll();
        if (graph.runners().stream().allMatch(UnitRunner::isAtRest)) {
            whenStopped.run();
            return;
        }
        whenAtRest.add(whenStopped);
        enabled = Set.of();
        consequences.end();
        jobs.stop(List.copyOf(graph.runners()));
    }
}
