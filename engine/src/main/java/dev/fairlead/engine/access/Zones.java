package dev.fairlead.engine.access;

import dev.fairlead.model.http.RequestLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The zones of limits in use. A zone that a reload leaves as it was keeps its counts. Safe for use by several
/// threads.
public final class Zones {
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    <T> T zone(RequestLimits.Zone zone, Class<T> type, Supplier<T> make) {
        Known present = known.compute(
                zone.name(),
                (name, before) -> before != null && before.zone.equals(zone) && type.isInstance(before.counts)
                        ? before
                        : new Known(zone, make.get()));
        return type.cast(present.counts);
    }

    /// Zones begin with the counts that those of a running plan have; these stay as they are.
    public void assume(Zones live) {
        known.forEach((name, mine) -> {
            Known theirs = live.known.get(name);
            if (theirs == null || !theirs.zone.equals(mine.zone)) {
                return;
            }
            if (mine.counts instanceof RateZone rates && theirs.counts instanceof RateZone running) {
                rates.assume(running);
            } else if (mine.counts instanceof ConnectionZone open && theirs.counts instanceof ConnectionZone running) {
                open.assume(running);
            }
        });
    }

    private record Known(RequestLimits.Zone zone, Object counts) {}
}
