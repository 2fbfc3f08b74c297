package dev.fairlead.process.transaction;

import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Unit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The units of a stack by name, and how they depend on each other in either direction. A value: it is made anew
/// when a unit comes, goes or changes.
public final class Links {
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Map<String, Map<Relation, Set<String>>> inverse = new HashMap<>();

    public Links(Collection<? extends Unit> units) {
        for (Unit unit : units) {
            this.units.put(unit.name(), unit);
            unit.dependencies()
                    .names()
                    .forEach((relation, names) ->
                            names.forEach(name -> inverse.computeIfAbsent(name, none -> new EnumMap<>(Relation.class))
                                    .computeIfAbsent(relation, none -> new LinkedHashSet<>())
                                    .add(unit.name())));
        }
    }

    public Optional<Unit> unit(String name) {
        return Optional.ofNullable(units.get(name));
    }

    public Set<String> names() {
        return units.keySet();
    }

    /// What the unit names in any of these relations.
    public Set<String> of(String name, Relation... relations) {
        Set<String> all = new LinkedHashSet<>();
        unit(name).ifPresent(unit -> {
            for (Relation relation : relations) {
                all.addAll(unit.dependencies().names(relation));
            }
        });
        return all;
    }

    /// The units that name this one in any of these relations.
    public Set<String> naming(String name, Relation... relations) {
        Set<String> all = new LinkedHashSet<>();
        for (Relation relation : relations) {
            all.addAll(inverse.getOrDefault(name, Map.of()).getOrDefault(relation, Set.of()));
        }
        return all;
    }

    /// What is started before this one and stopped after it.
    public Set<String> before(String name) {
        return joined(of(name, Relation.AFTER), naming(name, Relation.BEFORE), name);
    }

    /// What is started after this one and stopped before it.
    public Set<String> after(String name) {
        return joined(of(name, Relation.BEFORE), naming(name, Relation.AFTER), name);
    }

    /// Those that cannot do without this one.
    public Set<String> requiring(String name) {
        return naming(name, Relation.REQUIRES, Relation.BINDS_TO, Relation.REQUISITE);
    }

    /// Those that stop when this one is stopped.
    public Set<String> stoppedWith(String name) {
        Set<String> all = naming(
                name,
                Relation.REQUIRES,
                Relation.REQUISITE,
                Relation.BINDS_TO,
                Relation.PART_OF,
                Relation.STOP_PROPAGATED_FROM);
        return joined(all, of(name, Relation.PROPAGATES_STOP_TO), name);
    }

    /// Those that are restarted when this one is.
    public Set<String> restartedWith(String name) {
        return naming(name, Relation.REQUIRES, Relation.REQUISITE, Relation.BINDS_TO, Relation.PART_OF);
    }

    /// Those that are reloaded when this one is.
    public Set<String> reloadedWith(String name) {
        return joined(of(name, Relation.PROPAGATES_RELOAD_TO), naming(name, Relation.RELOAD_PROPAGATED_FROM), name);
    }

    /// Those that stop when this one ends by itself.
    public Set<String> boundTo(String name) {
        return joined(
                naming(name, Relation.BINDS_TO, Relation.STOP_PROPAGATED_FROM),
                of(name, Relation.PROPAGATES_STOP_TO),
                name);
    }

    /// Those whose being up keeps one that stops when unneeded.
    public Set<String> needing(String name) {
        return naming(name, Relation.REQUIRES, Relation.REQUISITE, Relation.WANTS, Relation.BINDS_TO, Relation.UPHOLDS);
    }

    private static Set<String> joined(Set<String> one, Set<String> other, String without) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        all.remove(without);
        return all;
    }
}
