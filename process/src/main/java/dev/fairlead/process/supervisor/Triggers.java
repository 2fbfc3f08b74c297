package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSource;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.process.supervisor.launch.Handed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What units have to do with each other besides their dependencies: who starts whom, who is handed whose
/// sockets, and units that are made only when they are needed. Only on the master loop.
final class Triggers {
    private final Graph graph;
    private final Ways ways;
    private final Set<String> passing = new HashSet<>();
    private UnitSource onDemand = UnitSource.NONE;

    /// What else is needed to start units.
    ///
    /// @param start begins a unit with all that it pulls in
    /// @param hasJob whether something is still to be done with a unit
    /// @param runner makes what runs a unit
    record Ways(Consumer<String> start, Predicate<String> hasJob, Function<Unit, UnitRunner> runner) {}

    Triggers(Graph graph, Ways ways) {
        this.graph = graph;
        this.ways = ways;
    }

    /// Units that are forgotten once they have ended well.
    Set<String> passing() {
        return passing;
    }

    void unitsFrom(UnitSource source) {
        onDemand = source;
    }

    Optional<UnitRunner> runner(String name) {
        return graph.runner(name);
    }

    /// Whether something is still to be done with it.
    boolean hasJob(String name) {
        return ways.hasJob().test(name);
    }

    void start(String name) {
        ways.start().accept(name);
    }

    /// The unit of this name, which is made if it can be and is not there yet.
    Optional<UnitRunner> bring(String name) {
        Optional<UnitRunner> known = graph.runner(name);
        if (known.isPresent()) {
            return known;
        }
        Optional<UnitRunner> made = onDemand.unit(name).map(ways.runner());
        made.ifPresent(graph::add);
        return made;
    }

    /// As [#bring], for a unit that is forgotten once it has ended well.
    Optional<UnitRunner> bringForOnce(String name) {
        Optional<UnitRunner> made = bring(name);
        if (made.isPresent()) {
            passing.add(name);
        }
        return made;
    }

    /// The open sockets that are for a service, in the order of their units.
    Handed handed(Service service) {
        Handed all = Handed.NOTHING;
        for (Starter starter : graph.starters()) {
            if (starter instanceof SocketRunner socket) {
                all = all.and(socket.handed(service));
            }
        }
        return all;
    }

    /// Files of sockets that are open, which must stay where they are whatever becomes of the folder.
    Set<Path> socketPaths() {
        return graph.runners().stream()
                .filter(SocketRunner.class::isInstance)
                .flatMap(runner -> ((SocketRunner) runner).listening().stream())
                .flatMap(point -> point.file().stream())
                .collect(Collectors.toSet());
    }

    /// Where units listen that hand their sockets to a service.
    List<ListenPoint> listening(String service) {
        return graph.runners().stream()
                .filter(runner -> runner instanceof SocketRunner socket && socket.starts(service))
                .flatMap(runner -> ((SocketRunner) runner).listening().stream())
                .toList();
    }

    /// A unit has taken a step: those that start it want to know.
    void moved(UnitRunner runner) {
        boolean hasJob = hasJob(runner.name());
        for (Starter starter : graph.starters()) {
            if (starter.starts(runner.name())) {
                starter.otherMoved(runner, hasJob);
            }
        }
        if (runner.isAtRest() && !hasJob && passing.contains(runner.name()) && runner.hasSucceeded()) {
            passing.remove(runner.name());
            graph.remove(runner.name());
        }
    }
}
