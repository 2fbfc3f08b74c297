package dev.fairlead.model.service.lifecycle;

import java.util.Set;

/// A set of ways to end: exit codes (0 to 255) and signal numbers.
public record ExitSet(Set<Integer> codes, Set<Integer> signals) {
    public static final ExitSet NONE = new ExitSet(Set.of(), Set.of());

    public ExitSet {
        codes = Set.copyOf(codes);
        signals = Set.copyOf(signals);
    }
}
