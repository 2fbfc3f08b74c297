package dev.fairlead.engine.report;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import dev.fairlead.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// What rows are made from: the tallies, the servers' states and the time.
///
/// @param open addresses that are listened on
/// @param startedNanos when the program began, on the monotonic clock
/// @param loops how many event loops run
record Present(
        Roster roster,
        Tallies tallies,
        Upstreams upstreams,
        Clock clock,
        Set<Address> open,
        long startedNanos,
        int loops,
        Traffic traffic) {
    private static final int USUAL_LIMIT = 8192;
    private static final Tally NONE = new Tally("");

    Tally front(String name) {
        return Objects.requireNonNullElse(tallies.front(name), NONE);
    }

    Tally back(String name) {
        return Objects.requireNonNullElse(tallies.back(name), NONE);
    }

    List<ServerFacts> servers(String back) {
        return upstreams.facts(back, clock);
    }

    int queued(String back) {
        return upstreams.queued(back);
    }

    boolean isOpen(Section section) {
        return section.front()
                .map(front -> front.addresses().stream().anyMatch(open::contains))
                .orElse(false);
    }

    /// Most connections at once that a listener takes.
    int limit(Section.Front front, Tally tally) {
        if (tally.limit() > 0) {
            return tally.limit();
        }
        int whole = roster.mostConnections() > 0 ? roster.mostConnections() : USUAL_LIMIT;
        return front.mostConnections() > 0 ? front.mostConnections() : whole;
    }

    long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(clock.monotonicNanos() - nanos);
    }

    long uptimeSeconds() {
        return secondsSince(startedNanos);
    }

    /// Seconds since the last one; -1 if there was none.
    long lastSession(Tally tally) {
        long last = tally.lastMillis();
        return last == 0 ? -1 : Math.max(0, TimeUnit.MILLISECONDS.toSeconds(clock.wallMillis() - last));
    }
}
