package dev.fairlead.model.plan;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds requests that are passed on until they come to where they were before. Follows one request for each
/// place that forwards, and stops where it cannot be sure of the way: at conditions, rewriting, files, and
/// addresses outside the plan.
final class Circles {
    private final Reach reach;
    private final Problems problems;
    private final Set<Set<String>> reported = new HashSet<>();

    /// A request that is at a place.
    private record Visit(HttpListener listener, VirtualHost host, String path, Forward forward) {
        // The very same place: values do not tell one from another that is written alike.
        @SuppressWarnings("ReferenceEquality")
        boolean isAt(Visit other) {
            return listener == other.listener && host == other.host && forward == other.forward;
        }
    }

    private Circles(Plan plan, Problems problems) {
        this.reach = new Reach(plan.listeners());
        this.problems = problems;
    }

    /// Adds a warning for each circle. Not an error: other requests of the same configuration may be fine.
    static void report(Plan plan, Problems problems) {
        Circles circles = new Circles(plan, problems);
        for (HttpListener listener : plan.http().listeners()) {
            for (VirtualHost host : listener.hosts()) {
                for (String path : Paths.of(host)) {
                    circles.follow(listener, host, path);
                }
            }
        }
    }

    private void follow(HttpListener listener, VirtualHost host, String path) {
        List<Visit> way = new ArrayList<>();
        visit(listener, host, path).ifPresent(first -> follow(first, way));
    }

    private void follow(Visit present, List<Visit> way) {
        for (int i = 0; i < way.size(); i++) {
            if (way.get(i).isAt(present)) {
                report(way.subList(i, way.size()));
                return;
            }
        }
        way.add(present);
        Forward forward = present.forward();
        nextPath(forward, present.path()).ifPresent(path -> {
            for (Departures.Departure departure : Departures.of(forward)) {
                StreamCircles.end(reach, departure)
                        .flatMap(there ->
                                HostChoice.of(forward, present.host(), there).flatMap(host -> visit(there, host, path)))
                        .ifPresent(next -> follow(next, way));
            }
        });
        way.removeLast();
    }

    private static Optional<Visit> visit(HttpListener listener, VirtualHost host, String path) {
        return Paths.place(host, path)
                .flatMap(Circles::forward)
                .map(forward -> new Visit(listener, host, path, forward));
    }

    private static Optional<Forward> forward(Location location) {
        return Paths.isPassing(location.rules()) && location.action() instanceof Action.ForwardTo to
                ? Optional.of(to.forward())
                : Optional.empty();
    }

    private static Optional<String> nextPath(Forward forward, String path) {
        return switch (forward.path()) {
            case Forward.PathMapping.Unchanged unchanged -> Optional.of(path);
            case Forward.PathMapping.ReplacePrefix(String prefix, String replacement) ->
                path.startsWith(prefix) ? Optional.of(replacement + path.substring(prefix.length())) : Optional.empty();
            case Forward.PathMapping.FromUrl url -> Optional.empty();
        };
    }

    private void report(List<Visit> circle) {
        List<Span> spans =
                circle.stream().map(visit -> visit.forward().origin()).toList();
        if (!reported.add(spans.stream().map(Span::toString).collect(Collectors.toSet()))) {
            return;
        }
        String way = spans.stream().map(Span::fileAndLine).collect(Collectors.joining(" -> "));
        String path = circle.getFirst().path();
        problems.warning(
                "link.circle",
                spans.getFirst(),
                spans.size() == 1
                        ? "requests for " + path + " are passed to this very place again"
                        : "requests for " + path + " are passed in a circle: " + way + " -> "
                                + spans.getFirst().fileAndLine(),
                "each request goes round until there are too many connections; pass it to another port, or with"
                        + " another Host");
    }
}
