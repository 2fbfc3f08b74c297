package dev.fairlead.dialect;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How many arguments a directive takes.
///
/// @param counts the numbers that are right
/// @param orMore whether every larger number than the largest of them is right too
public record Arity(Set<Integer> counts, boolean orMore) {
    public static final Arity NONE = exactly(0);
    public static final Arity ANY = atLeast(0);

    public Arity {
        counts = Set.copyOf(counts);
    }

    public static Arity exactly(int count) {
        return new Arity(Set.of(count), false);
    }

    public static Arity atLeast(int count) {
        return new Arity(Set.of(count), true);
    }

    public static Arity between(int least, int most) {
        TreeSet<Integer> counts = new TreeSet<>();
        for (int i = least; i <= most; i++) {
            counts.add(i);
        }
        return new Arity(counts, false);
    }

    public static Arity oneOf(int first, int second) {
        return new Arity(Set.of(first, second), false);
    }

    public boolean accepts(int count) {
        return counts.contains(count) || (orMore && count > new TreeSet<>(counts).last());
    }

    /// For hints and tables: `1 argument`, `1 or 2 arguments`, `at least 1 argument`.
    public String describe() {
        TreeSet<Integer> sorted = new TreeSet<>(counts);
        int last = sorted.last();
        if (orMore) {
            return last == 0 ? "any number of arguments" : "at least " + last + plural(last);
        }
        if (last == 0) {
            return "no arguments";
        }
        if (sorted.size() == 1) {
            return last + plural(last);
        }
        String before = sorted.headSet(last).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return before + " or " + last + plural(last);
    }

    private static String plural(int count) {
        return count == 1 ? " argument" : " arguments";
    }
}
