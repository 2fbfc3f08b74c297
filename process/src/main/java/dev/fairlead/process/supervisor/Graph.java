package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Unit;
import dev.fairlead.process.transaction.Links;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The units of a supervisor by name, and how they depend on each other.
final class Graph {
    private final Map<String, UnitRunner> runners = new LinkedHashMap<>();
    private List<Starter> starters = List.of();
    private List<Unit> known = List.of();
    private Links links = new Links(List.of());

    void add(UnitRunner runner) {
        UnitRunner before = runners.put(runner.name(), runner);
        if (runner instanceof Starter || before instanceof Starter) {
            findStarters();
        }
    }

    void remove(String name) {
        if (runners.remove(name) instanceof Starter) {
            findStarters();
        }
    }

    private void findStarters() {
        starters = runners.values().stream()
                .filter(Starter.class::isInstance)
                .map(Starter.class::cast)
                .toList();
    }

    /// Those that start others, as they are now.
    List<Starter> starters() {
        return starters;
    }

    Optional<UnitRunner> runner(String name) {
        return Optional.ofNullable(runners.get(name));
    }

    Collection<UnitRunner> runners() {
        return runners.values();
    }

    /// As the units are defined now. A runner takes a new definition when it starts, so each is looked at.
    @SuppressWarnings("ReferenceEquality") // another value is another definition, and equality would cost more
    Links links() {
        boolean isSame = known.size() == runners.size();
        int i = 0;
        for (UnitRunner runner : runners.values()) {
            if (!isSame || known.get(i++) != runner.unit()) {
                isSame = false;
                break;
            }
        }
        if (!isSame) {
            List<Unit> units = new ArrayList<>();
            runners.values().forEach(runner -> units.add(runner.unit()));
            known = units;
            links = new Links(units);
        }
        return links;
    }

    /// These units and all that is started with them.
    Set<String> pulledIn(Collection<String> roots) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            String name = waiting.poll();
            if (runners.containsKey(name) && all.add(name)) {
                runner(name)
                        .ifPresent(
                                one -> waiting.addAll(one.unit().dependencies().pulledIn()));
            }
        }
        return all;
    }
}
