package dev.fairlead.conformance.hostile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What may come of a row's bytes.
///
/// @param served how many requests are answered with 200 first, each having reached the upstream
/// @param refused statuses of which one has to follow; empty when nothing may
/// @param either statuses of which one has to come, and at most one request to the upstream; empty unless that
///     is allowed
record Verdict(int served, Set<Integer> refused, Set<Integer> either) {

    static Verdict of(String text) {
        int served = 0;
        Set<Integer> refused = new HashSet<>();
        Set<Integer> either = new HashSet<>();
        String mode = "";
        for (String word : text.split(" ", -1)) {
            switch (word) {
                case "served", "refused", "either", "silent" -> mode = word;
                default -> {
                    int number = Integer.parseInt(word);
                    switch (mode) {
                        case "served" -> served = number;
                        case "refused" -> refused.add(number);
                        default -> either.add(number);
                    }
                }
            }
        }
        return new Verdict(served, refused, either);
    }

    /// Whether the client has to end the connection before the server does.
    boolean silent() {
        return served == 0 && refused.isEmpty() && either.isEmpty();
    }

    /// What is wrong with what happened, a line each.
    List<String> objections(List<Integer> statuses, int upstream) {
        List<String> objections = new ArrayList<>();
        if (!either.isEmpty()) {
            if (statuses.isEmpty() || !either.contains(statuses.getFirst())) {
                objections.add("answered " + statuses + " instead of one of " + either);
            }
            if (upstream > 1) {
                objections.add(upstream + " requests reached the upstream instead of at most one");
            }
            return objections;
        }
        List<Integer> rest = statuses.subList(Math.min(served, statuses.size()), statuses.size());
        boolean first = statuses.size() >= served
                && statuses.subList(0, served).stream().allMatch(status -> status == 200);
        boolean then = refused.isEmpty() ? rest.isEmpty() : rest.size() == 1 && refused.contains(rest.getFirst());
        if (!first || !then) {
            objections.add("answered " + statuses + " instead of " + served + " × 200"
                    + (refused.isEmpty() ? "" : " and one of " + refused));
        }
        if (upstream != served) {
            objections.add(upstream + " requests reached the upstream instead of " + served);
        }
        return objections;
    }
}
