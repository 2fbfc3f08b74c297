package dev.fairlead.process.transaction;

import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Unit;
import dev.fairlead.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells before anything is started which units would wait for each other in a circle.
public final class Order {
    private final Links links;
    private final Set<Set<String>> told = new HashSet<>();
    private final List<Circle> circles = new ArrayList<>();

    private Order(Links links) {
        this.links = links;
    }

    /// Units that are started together, each of which waits for the one before it, and the first for the last.
    ///
    /// @param stated where each says so, or the one before it does
    public record Circle(List<String> units, List<Span> stated) {
        public Circle {
            units = List.copyOf(units);
            stated = List.copyOf(stated);
        }
    }

    /// @param together those that come up by themselves; what others pull in is looked at besides
    public static List<Circle> circles(Links links, Collection<String> together) {
        Order order = new Order(links);
        order.look(together);
        links.names().forEach(unit -> order.look(List.of(unit)));
        return order.circles;
    }

    private void look(Collection<String> wished) {
        Set<String> started = started(wished);
        Set<String> done = new HashSet<>();
        started.forEach(unit -> visit(unit, started, done, new ArrayList<>()));
    }

    private Set<String> started(Collection<String> wished) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(wished);
        while (!waiting.isEmpty()) {
            Optional<Unit> unit = links.unit(waiting.poll());
            if (unit.isPresent() && all.add(unit.get().name())) {
                waiting.addAll(unit.get().dependencies().pulledIn());
            }
        }
        return all;
    }

    private void visit(String unit, Set<String> started, Set<String> done, List<String> path) {
        int at = path.indexOf(unit);
        if (at >= 0) {
            add(List.copyOf(path.subList(at, path.size())));
            return;
        }
        if (!done.add(unit)) {
            return;
        }
        path.add(unit);
        links.after(unit).stream().filter(started::contains).forEach(later -> visit(later, started, done, path));
        path.removeLast();
    }

    private void add(List<String> units) {
        if (told.add(Set.copyOf(units))) {
            List<Span> stated = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                stated.add(stated(units.get(i), units.get((i + units.size() - 1) % units.size())));
            }
            circles.add(new Circle(units, stated));
        }
    }

    private Span stated(String later, String earlier) {
        Unit own = links.unit(later).orElseThrow();
        return links.of(later, Relation.AFTER).contains(earlier)
                ? own.mention(Relation.AFTER, earlier)
                : links.unit(earlier).orElse(own).mention(Relation.BEFORE, later);
    }
}
