package dev.fairlead.model.plan;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Departures.Departure;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds connections that are passed on, as they are, until they come in again where they were before. Follows
/// only ways without a choice.
final class StreamCircles {
    private StreamCircles() {}

    /// Adds a warning for each circle.
    static void report(Plan plan, Problems problems) {
        Reach reach = new Reach(plan.listeners());
        Set<Set<String>> reported = new HashSet<>();
        for (StreamListener listener : plan.stream().listeners()) {
            List<Departure> way = new ArrayList<>();
            Set<Listener> visited = new HashSet<>();
            Optional<Listener> present = Optional.of(listener);
            while (present.isPresent() && visited.add(present.get())) {
                Optional<Departure> next = only(present.get());
                next.ifPresent(way::add);
                present = next.flatMap(departure -> there(reach, departure));
            }
            if (present.isPresent() && present.get().equals(listener) && !way.isEmpty()) {
                List<Span> spans = way.stream().map(Departure::origin).toList();
                if (reported.add(spans.stream().map(Span::toString).collect(Collectors.toSet()))) {
                    report(spans, problems);
                }
            }
        }
    }

    private static void report(List<Span> spans, Problems problems) {
        String way = spans.stream().map(Span::fileAndLine).collect(Collectors.joining(" -> "));
        problems.warning(
                "link.circle",
                spans.getFirst(),
                spans.size() == 1
                        ? "connections are passed to this very place again"
                        : "connections are passed in a circle: " + way + " -> "
                                + spans.getFirst().fileAndLine(),
                "each connection opens another until there are too many; pass it to another port");
    }

    /// Where the bytes of a hop are read as HTTP in the end, if it is a listener of the plan.
    static Optional<HttpListener> end(Reach reach, Departure first) {
        Set<Listener> visited = new HashSet<>();
        Optional<Listener> present = there(reach, first);
        while (present.isPresent() && visited.add(present.get())) {
            if (present.get() instanceof HttpListener http) {
                return Optional.of(http);
            }
            present = only(present.get()).flatMap(departure -> there(reach, departure));
        }
        return Optional.empty();
    }

    private static Optional<Listener> there(Reach reach, Departure departure) {
        return reach.from(departure.to())
                .filter(listener -> listener.proxyProtocol() == departure.hasProxyHeader()
                        && (listener.tls()
                                ? departure.security() != Departures.Security.PLAIN
                                : !departure.isSecured()));
    }

    /// The one way on; empty where there is a choice.
    private static Optional<Departure> only(Listener listener) {
        if (!(listener instanceof StreamListener stream) || stream.hosts().size() > 1) {
            return Optional.empty();
        }
        List<Departure> departures = Departures.of(stream);
        return departures.size() == 1 && stream.defaultHost().rules().isEmpty()
                ? Optional.of(departures.getFirst())
                : Optional.empty();
    }
}
