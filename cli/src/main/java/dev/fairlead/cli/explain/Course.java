package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which rules a request is passing, and which of them are left when one decides.
final class Course {
    private Optional<VirtualHost> host = Optional.empty();
    private List<Rule> rules = List.of();
    private Optional<Rule> latest = Optional.empty();

    void saw(Event event) {
        switch (event) {
            case Event.HostFound found -> {
                host = Optional.of(found.host());
                pass(found.host().rules());
            }
            case Event.LocationFound found ->
                pass(found.found().map(Location::rules).orElse(List.of()));
            case Event.Entered entered ->
                pass(host.stream()
                        .flatMap(in -> in.locations().stream())
                        .filter(each -> each.match().equals(new Location.Match.Named(entered.name())))
                        .findFirst()
                        .map(Location::rules)
                        .orElse(List.of()));
            case Event.RuleBegun begun -> latest = Optional.of(begun.rule());
            case Event.LeftOut told -> pass(List.of());
            case Event.Handled handled -> pass(List.of());
            default -> {}
        }
    }

    private void pass(List<Rule> next) {
        rules = next;
        latest = Optional.empty();
    }

    /// Those behind the one that decided; told once.
    List<Rule> left() {
        List<Rule> left = latest.flatMap(decider -> behind(decider, rules)).orElse(List.of());
        pass(List.of());
        return left;
    }

    private static Optional<List<Rule>> behind(Rule decider, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            List<Rule> rest = rules.subList(i + 1, rules.size());
            if (isSame(rules.get(i), decider)) {
                return Optional.of(rest);
            }
            if (rules.get(i) instanceof Rule.When when) {
                Optional<List<Rule>> inner = behind(decider, when.then());
                if (inner.isPresent()) {
                    List<Rule> all = new ArrayList<>(inner.get());
                    all.addAll(rest);
                    return Optional.of(all);
                }
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // two rules may say the same
    private static boolean isSame(Rule one, Rule other) {
        return one == other;
    }
}
