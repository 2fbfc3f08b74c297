package dev.fairlead.model.service;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;

/// What else a unit needs and in which order. The names are full unit names; a name that no unit of the stack
/// has is taken as being provided by the machine.
///
/// @param requires started with it; if one of them fails to start first, this one is not started; stopping one
///     stops this
/// @param wants started with it, whatever becomes of them
/// @param bindsTo as `requires`, and this unit also stops when one of them ends by itself
/// @param partOf stopped and restarted with them
/// @param conflicts stopped when this one starts, and the other way round
/// @param after start only once these have finished starting; stop before them
/// @param before the other way round
public record Dependencies(
        Set<String> requires,
        Set<String> wants,
        Set<String> bindsTo,
        Set<String> partOf,
        Set<String> conflicts,
        Set<String> after,
        Set<String> before) {
    public static final Dependencies NONE =
            new Dependencies(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Dependencies {
        requires = ordered(requires);
        wants = ordered(wants);
        bindsTo = ordered(bindsTo);
        partOf = ordered(partOf);
        conflicts = ordered(conflicts);
        after = ordered(after);
        before = ordered(before);
    }

    /// Everything that is brought up together with the unit.
    public SequencedSet<String> pulledIn() {
        SequencedSet<String> all = new LinkedHashSet<>(requires);
        all.addAll(bindsTo);
        all.addAll(wants);
        return all;
    }

    private static Set<String> ordered(Set<String> names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }
}
