package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Unit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The units of a supervisor by name, and how they depend on each other in either direction.
final class Graph {
    private final Map<String, UnitRunner> runners = new LinkedHashMap<>();

    void add(UnitRunner runner) {
        runners.put(runner.name(), runner);
    }

    void remove(String name) {
        runners.remove(name);
    }

    Optional<UnitRunner> runner(String name) {
        return Optional.ofNullable(runners.get(name));
    }

    Collection<UnitRunner> runners() {
        return runners.values();
    }

    /// What is started before this one and stopped after it.
    Set<String> before(String name) {
        return ordered(name, Dependencies::after, Dependencies::before);
    }

    /// What is started after this one and stopped before it.
    Set<String> after(String name) {
        return ordered(name, Dependencies::before, Dependencies::after);
    }

    private Set<String> ordered(
            String name, Function<Dependencies, Set<String>> own, Function<Dependencies, Set<String>> others) {
        Set<String> names = new LinkedHashSet<>(dependencies(name).map(own).orElse(Set.of()));
        for (UnitRunner other : runners.values()) {
            if (others.apply(other.unit().dependencies()).contains(name)) {
                names.add(other.name());
            }
        }
        names.remove(name);
        return names;
    }

    /// Those that cannot do without this one.
    Set<String> requiredBy(String name) {
        return naming(name, dependencies -> union(dependencies.requires(), dependencies.bindsTo()));
    }

    /// Those that stop when this one ends by itself.
    Set<String> boundTo(String name) {
        return naming(name, Dependencies::bindsTo);
    }

    /// Those that stop or restart when this one is stopped or restarted by hand.
    Set<String> followers(String name) {
        return naming(
                name,
                dependencies -> union(union(dependencies.requires(), dependencies.bindsTo()), dependencies.partOf()));
    }

    /// Those that must not run when this one does.
    Set<String> conflicting(String name) {
        Set<String> names = naming(name, Dependencies::conflicts);
        names.addAll(dependencies(name).map(Dependencies::conflicts).orElse(Set.of()));
        names.retainAll(runners.keySet());
        return names;
    }

    /// These units and all that is started with them.
    Set<String> pulledIn(Collection<String> roots) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            String name = waiting.poll();
            if (runners.containsKey(name) && all.add(name)) {
                dependencies(name).ifPresent(one -> waiting.addAll(one.pulledIn()));
            }
        }
        return all;
    }

    private Set<String> naming(String name, Function<Dependencies, Set<String>> relation) {
        Set<String> names = new LinkedHashSet<>();
        for (UnitRunner other : runners.values()) {
            if (relation.apply(other.unit().dependencies()).contains(name)) {
                names.add(other.name());
            }
        }
        return names;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private Optional<Dependencies> dependencies(String name) {
        return runner(name).map(UnitRunner::unit).map(Unit::dependencies);
    }
}
