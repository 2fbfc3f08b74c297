package dev.fairlead.model.plan;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Listener;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two forwards in a row of which the first gives up earlier than the second: the client is told 504 while its
/// request is still being worked on.
///
/// @param first waits `firstTime` at most between two reads
/// @param second waits `secondTime`, which is longer
public record Waits(Span first, Duration firstTime, Span second, Duration secondTime) {

    /// All of a plan, before its listeners are moved by a [PortMap]; each pair once.
    public static List<Waits> inverted(Plan plan) {
        Reach reach = new Reach(plan.listeners());
        List<Waits> found = new ArrayList<>();
        for (Forward first : Departures.forwards(plan.http().listeners())) {
            for (Departures.Departure departure : Departures.of(first)) {
                Optional<Listener> next = reach.from(departure.to());
                if (next.isPresent() && next.get() instanceof HttpListener listener) {
                    Departures.forwards(List.of(listener)).stream()
                            .filter(second -> second.timeouts()
                                            .read()
                                            .compareTo(first.timeouts().read())
                                    > 0)
                            .findFirst()
                            .ifPresent(second -> found.add(new Waits(
                                    first.origin(),
                                    first.timeouts().read(),
                                    second.origin(),
                                    second.timeouts().read())));
                }
            }
        }
        return found;
    }
}
