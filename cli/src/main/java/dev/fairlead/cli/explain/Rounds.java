package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.Location;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Notices that a request goes round: the same location for the same path.
final class Rounds {
    private final IdentityHashMap<Location, Set<String>> visited = new IdentityHashMap<>();
    private int rounds;

    /// @return whether it has been here with that path
    boolean isRound(Event.LocationFound found) {
        Optional<Location> location = found.found();
        boolean isNew = location.isEmpty()
                || visited.computeIfAbsent(location.get(), none -> new TreeSet<>())
                        .add(found.path());
        rounds = isNew ? 0 : rounds + 1;
        return !isNew;
    }

    /// Whether what happens has been told before: rules, and locations that they lead to.
    boolean isToldAlready(Event event) {
        return rounds > 0
                && (event instanceof Event.RuleBegun
                        || event instanceof Event.Decided
                        || event instanceof Event.LeftOut
                        || event instanceof Event.Redirected);
    }

    /// How often it went round since this was asked.
    int take() {
        int taken = rounds;
        rounds = 0;
        return taken;
    }
}
