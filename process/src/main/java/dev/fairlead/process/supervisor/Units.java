package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.time.Clock;
import dev.fairlead.unit.Suggestion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// All units of a supervisor. Only on the master loop.
final class Units {
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(5);

    private final Host host;
    private final Graph graph = new Graph();
    private final Jobs jobs;
    private final Notifications notifications;
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
            Consumer<UnitChange> listener) {
        this.socket = socket;
        this.listener = listener;
        this.notifications = new Notifications(socket, graph);
        this.host = new Host(
                loop,
                clock,
                journal,
                options,
                socket.name(),
                ByteBuffer.allocateDirect(Capture.BUFFER),
                this::changed,
                message -> {},
                this::beforeEnding);
        this.jobs = new Jobs(host, graph);
    }

    void listen() {
        try {
            host.loop().watch(socket.descriptor(), notifications::read);
        } catch (OsException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (host.options().adoptsOrphans()) {
            sweep();
        }
    }

    void applications(UnitApplications runner) {
        applications = runner;
    }

    /// Orphans may end at any time, and nothing says so but the signal that is somebody else's to read.
    private void sweep() {
        collectOrphans();
        host.loop().schedule(SWEEP_PAUSE, this::sweep);
    }

    /// What was said before a process ended counts as said before it; orphans that have ended are collected on
    /// the way.
    private void beforeEnding() {
        notifications.read();
        if (host.options().adoptsOrphans()) {
            collectOrphans();
        }
    }

    private void collectOrphans() {
        for (Optional<Processes.Exit> exit = Processes.anyEnded(); exit.isPresent(); exit = Processes.anyEnded()) {
            int pid = exit.get().pid();
            boolean isKnown = graph.runners().stream()
                    .anyMatch(runner -> runner instanceof ServiceRunner service
                            && service.processes().watches(pid));
            if (isKnown) {
                // It is collected by whoever watches it.
                return;
            }
            Processes.collect(pid);
        }
    }

    private void changed(UnitRunner runner, UnitChange change) {
        listener.accept(change);
        jobs.moved(runner, change);
        boolean hasEnded = change.before() != change.now() && runner.isAtRest();
        if (hasEnded) {
            graph.boundTo(runner.name()).forEach(this::stopIfActive);
            jobs.advance();
        }
        forgetLeaving();
        if (!whenAtRest.isEmpty() && graph.runners().stream().allMatch(UnitRunner::isAtRest)) {
            List<Runnable> waiting = List.copyOf(whenAtRest);
            whenAtRest.clear();
            waiting.forEach(Runnable::run);
        }
    }

    private void stopIfActive(String name) {
        graph.runner(name).filter(runner -> !runner.isAtRest()).ifPresent(runner -> jobs.add(runner, Jobs.Kind.STOP));
    }

    private void forgetLeaving() {
        for (String name : Set.copyOf(leaving)) {
            if (graph.runner(name).filter(UnitRunner::isAtRest).isPresent()) {
                leaving.remove(name);
                graph.remove(name);
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

    Applied apply(UnitSet definitions) {
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
        startAll(graph.pulledIn(start));
        return new Applied(added, removed, changed, unchanged);
    }

    /// A unit that has become one of another kind is run anew once nothing of it runs.
    private static boolean mayStay(UnitRunner known, Unit unit) {
        return known.unit().getClass().equals(unit.getClass()) || !known.isAtRest();
    }

    private UnitRunner runner(Unit unit) {
        return switch (unit) {
            case Service service -> new ServiceRunner(host, service);
            case Target target -> new TargetRunner(host, target);
            case ApplicationUnit application -> new ApplicationRunner(host, application, () -> applications);
        };
    }

    private List<String> remove(UnitSet definitions) {
        List<String> removed = new ArrayList<>();
        for (UnitRunner runner : List.copyOf(graph.runners())) {
            if (definitions.unit(runner.name()).isEmpty() && leaving.add(runner.name())) {
                removed.add(runner.name());
                jobs.add(runner, Jobs.Kind.STOP);
            }
        }
        jobs.advance();
        forgetLeaving();
        return removed;
    }

    private CompletableFuture<Outcome> startAll(Set<String> names) {
        CompletableFuture<Outcome> first = CompletableFuture.completedFuture(new Outcome.Done("Nothing to start."));
        boolean isFirst = true;
        for (String name : names) {
            Optional<UnitRunner> runner = graph.runner(name);
            if (runner.isEmpty()) {
                continue;
            }
            graph.conflicting(name).forEach(this::stopIfActive);
            if (runner.get().activity() != Activity.ACTIVE || isFirst) {
                CompletableFuture<Outcome> outcome = jobs.add(runner.get(), Jobs.Kind.START);
                first = isFirst ? outcome : first;
            }
            isFirst = false;
        }
        jobs.advance();
        return first;
    }

    CompletionStage<Outcome> execute(UnitCommand command) {
        String name = command.unit().indexOf('.') < 0
                        || graph.runner(command.unit() + ".service").isPresent()
                ? command.unit() + ".service"
                : command.unit();
        Optional<UnitRunner> runner = graph.runner(name);
        if (runner.isEmpty()) {
            return CompletableFuture.completedFuture(unknown(name));
        }
        return switch (command) {
            case UnitCommand.Start _ -> startAll(graph.pulledIn(List.of(name)));
            case UnitCommand.Stop _ -> withFollowers(runner.get(), Jobs.Kind.STOP);
            case UnitCommand.Restart _ -> withFollowers(runner.get(), Jobs.Kind.RESTART);
            case UnitCommand.Reload _ -> reload(runner.get());
            case UnitCommand.ResetFailed _ -> reset(runner.get());
            case UnitCommand.Kill kill -> kill(runner.get(), kill);
        };
    }

    private Outcome unknown(String name) {
        List<String> names = graph.runners().stream().map(UnitRunner::name).toList();
        return new Outcome.Unknown("Unit " + name + " not found."
                + Suggestion.nearest(name, names)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse(""));
    }

    /// Units that depend on this one go along if they are active.
    private CompletionStage<Outcome> withFollowers(UnitRunner runner, Jobs.Kind kind) {
        for (String name : graph.followers(runner.name())) {
            graph.runner(name).filter(follower -> !follower.isAtRest()).ifPresent(follower -> jobs.add(follower, kind));
        }
        CompletableFuture<Outcome> outcome = jobs.add(runner, kind);
        jobs.advance();
        return outcome;
    }

    private static CompletionStage<Outcome> reload(UnitRunner runner) {
        return switch (runner) {
            case ServiceRunner service -> service.reload();
            case ApplicationRunner application -> application.reload();
            case TargetRunner target ->
                CompletableFuture.completedFuture(
                        new Outcome.Failed("Job type reload is not applicable for unit " + target.name() + "."));
        };
    }

    private static CompletionStage<Outcome> reset(UnitRunner runner) {
        if (runner instanceof ServiceRunner service) {
            service.resetFailed();
        }
        return CompletableFuture.completedFuture(new Outcome.Done("Reset " + runner.name() + "."));
    }

    private static CompletionStage<Outcome> kill(UnitRunner runner, UnitCommand.Kill kill) {
        if (runner instanceof ApplicationRunner application) {
            return application.signal(kill.signal());
        }
        if (runner instanceof ServiceRunner service) {
            service.processes().signalAll(kill.signal().number());
        }
        return CompletableFuture.completedFuture(
                new Outcome.Done("Sent " + kill.signal() + " to " + runner.name() + "."));
    }

    void stopAll(Runnable whenStopped) {
        if (graph.runners().stream().allMatch(UnitRunner::isAtRest)) {
            whenStopped.run();
            return;
        }
        whenAtRest.add(whenStopped);
        enabled = Set.of();
        graph.runners().forEach(runner -> jobs.add(runner, Jobs.Kind.STOP));
        jobs.advance();
    }
}
