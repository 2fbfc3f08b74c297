package dev.fairlead.model.plan;

import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.http.VirtualHost;
import java.util.ArrayList;
import java.util.List;

/// A place of a plan where requests are answered, with what they have come through.
///
/// @param inside the locations around it, from the outside in; empty for what a virtual host does itself
public record Ending(HttpListener listener, VirtualHost host, List<Location> inside, Action action) {
    public Ending {
        inside = List.copyOf(inside);
    }

    /// All of a plan, reached or not, in the order of the text.
    public static List<Ending> of(Plan plan) {
        return plan.http().listeners().stream()
                .flatMap(listener -> of(listener).stream())
                .toList();
    }

    /// Those of one listener.
    public static List<Ending> of(HttpListener listener) {
        List<Ending> found = new ArrayList<>();
        for (VirtualHost host : listener.hosts()) {
            found.add(new Ending(listener, host, List.of(), host.action()));
            entered(host.rules()).forEach(location -> collect(listener, host, List.of(), location, found));
            host.locations().forEach(location -> collect(listener, host, List.of(), location, found));
        }
        return found;
    }

    private static void collect(
            HttpListener listener, VirtualHost host, List<Location> around, Location location, List<Ending> found) {
        List<Location> inside = new ArrayList<>(around);
        inside.add(location);
        found.add(new Ending(listener, host, inside, location.action()));
        entered(location.rules()).forEach(inner -> collect(listener, host, inside, inner, found));
        location.nested().forEach(inner -> collect(listener, host, inside, inner, found));
    }

    /// The locations that conditions put requests into.
    private static List<Location> entered(List<Rule> rules) {
        List<Location> found = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule instanceof Rule.When when) {
                found.addAll(entered(when.then()));
                when.enter().ifPresent(found::add);
            }
        }
        return found;
    }

    /// What holds here.
    public Settings settings() {
        return inside.isEmpty() ? host.settings() : inside.getLast().settings();
    }

    /// The rules that requests may have met, in the order of their running; those under conditions stand in
    /// their [Rule.When].
    public List<Rule> rules() {
        List<Rule> all = new ArrayList<>(host.rules());
        inside.forEach(location -> all.addAll(location.rules()));
        return all;
    }
}
