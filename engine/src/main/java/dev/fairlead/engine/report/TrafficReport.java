package dev.fairlead.engine.report;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.roster.Roster;
import dev.fairlead.model.roster.Section;
import dev.fairlead.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the plan that runs is doing, part by part: `shared.part(TrafficReport.class, TrafficReport::new)`. Safe
/// for use by several threads.
public final class TrafficReport {
    private volatile Optional<Present> present = Optional.empty();

    /// Another plan runs, or other addresses are listened on.
    ///
    /// @param open addresses that are listened on
    /// @param startedNanos when the program began, on the monotonic clock
    /// @param loops how many event loops run
    public void show(
            Roster roster,
            Tallies tallies,
            Upstreams upstreams,
            Clock clock,
            Set<Address> open,
            long startedNanos,
            int loops,
            Traffic traffic) {
        present = Optional.of(
                new Present(roster, tallies, upstreams, clock, Set.copyOf(open), startedNanos, loops, traffic));
    }

    public Roster roster() {
        return present.map(Present::roster).orElse(Roster.EMPTY);
    }

    /// Rows of all sections, in the order of the configuration.
    public List<StatRow> rows() {
        return present.map(now -> now.roster().sections().stream()
                        .flatMap(section -> new StatTable(now).rows(section).stream())
                        .toList())
                .orElse(List.of());
    }

    /// Rows of one section: where clients come in, its servers, and where requests go.
    List<StatRow> rows(Section section) {
        return present.map(now -> new StatTable(now).rows(section)).orElse(List.of());
    }

    /// What is known of the servers of a section.
    public List<ServerFacts> servers(Section section) {
        return present.map(now -> now.servers(section.name())).orElse(List.of());
    }

    public long uptimeSeconds() {
        return present.map(Present::uptimeSeconds).orElse(0L);
    }

    /// Since a moment on the monotonic clock.
    public long secondsSince(long nanos) {
        return present.map(now -> now.secondsSince(nanos)).orElse(0L);
    }

    /// How many of the sections' addresses are listened on.
    public int listening() {
        return present.map(now -> now.open().size()).orElse(0);
    }

    public int loops() {
        return present.map(Present::loops).orElse(0);
    }

    public Traffic traffic() {
        return present.map(Present::traffic).orElseGet(Traffic::new);
    }

    public Tallies tallies() {
        return present.map(Present::tallies).orElseGet(Tallies::new);
    }
}
