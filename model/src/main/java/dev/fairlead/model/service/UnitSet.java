package dev.fairlead.model.service;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The units of a stack and which of them come up with it.
///
/// @param units every unit that is known, each name once
/// @param enabled the names of those that are started with the stack; what they pull in is started with them
/// @param onDemand makes units that are not among them, such as instances of templates
public record UnitSet(List<Unit> units, Set<String> enabled, UnitSource onDemand) {
    public static final UnitSet EMPTY = new UnitSet(List.of(), Set.of());

    public UnitSet {
        units = List.copyOf(units);
        enabled = Collections.unmodifiableSet(new LinkedHashSet<>(enabled));
    }

    /// A set that is all there is.
    public UnitSet(List<Unit> units, Set<String> enabled) {
        this(units, enabled, UnitSource.NONE);
    }

    /// A set in which every unit is enabled.
    public static UnitSet allOf(List<? extends Unit> units) {
        Set<String> names = new LinkedHashSet<>();
        units.forEach(unit -> names.add(unit.name()));
        return new UnitSet(List.copyOf(units), names);
    }

    public Optional<Unit> unit(String name) {
        return units.stream().filter(unit -> unit.name().equals(name)).findFirst();
    }

    public List<Service> services() {
        return units.stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .toList();
    }

    /// Everything that runs a program: services, and jobs as the services they would be.
    public List<Service> programs() {
        return units.stream()
                .flatMap(unit -> unit instanceof Job job
                        ? Stream.of(job.asService(job.execution()))
                        : Stream.of(unit).filter(Service.class::isInstance).map(Service.class::cast))
                .toList();
    }

    public boolean isEmpty() {
        return units.isEmpty();
    }
}
