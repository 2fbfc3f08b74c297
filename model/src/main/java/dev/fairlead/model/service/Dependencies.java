package dev.fairlead.model.service;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/// What else a unit needs and in which order. The names are full unit names; a name that no unit of the stack
/// has is taken as being provided by the machine.
///
/// @param names by relation, in the order written; a relation without any is left out
public record Dependencies(Map<Relation, Set<String>> names) {
    public static final Dependencies NONE = new Dependencies(Map.of());

    public Dependencies {
        Map<Relation, Set<String>> copy = new EnumMap<>(Relation.class);
        names.forEach((relation, units) -> {
            if (!units.isEmpty()) {
                copy.put(relation, Collections.unmodifiableSet(new LinkedHashSet<>(units)));
            }
        });
        names = Collections.unmodifiableMap(copy);
    }

    /// One relation only.
    public static Dependencies of(Relation relation, String... units) {
        return NONE.with(relation, List.of(units));
    }

    /// The same and these.
    public Dependencies with(Relation relation, Collection<String> units) {
        Map<Relation, Set<String>> all = new EnumMap<>(Relation.class);
        all.putAll(names);
        Set<String> more = new LinkedHashSet<>(names(relation));
        more.addAll(units);
        all.put(relation, more);
        return new Dependencies(all);
    }

    /// The units it has this relation to.
    public Set<String> names(Relation relation) {
        return names.getOrDefault(relation, Set.of());
    }

    /// Everything that is brought up together with the unit.
    public SequencedSet<String> pulledIn() {
        return union(Relation.REQUIRES, Relation.BINDS_TO, Relation.WANTS, Relation.UPHOLDS);
    }

    /// Everything that it may start at some time, so that it has to be known.
    public SequencedSet<String> started() {
        SequencedSet<String> all = pulledIn();
        all.addAll(union(Relation.ON_FAILURE, Relation.ON_SUCCESS, Relation.REQUISITE, Relation.TRIGGERS));
        return all;
    }

    private SequencedSet<String> union(Relation... relations) {
        SequencedSet<String> all = new LinkedHashSet<>();
        for (Relation relation : relations) {
            all.addAll(names(relation));
        }
        return all;
    }
}
