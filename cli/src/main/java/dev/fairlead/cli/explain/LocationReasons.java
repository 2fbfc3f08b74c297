package dev.fairlead.cli.explain;

import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Location.Match;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Problems;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Why the router chose a location, and why none of the others.
final class LocationReasons {
    private final VirtualHost host;
    private final Optional<Location> found;
    private final String path;

    /// @param path decoded; characters are bytes
    LocationReasons(VirtualHost host, Optional<Location> found, String path) {
        this.host = host;
        this.found = found;
        this.path = path;
    }

    Step step(boolean needsSlash) {
        if (found.isEmpty()) {
            Step step = Step.at("location", "no location is for " + path + ": the virtual host itself", host.origin());
            others(host.locations(), Optional.empty(), step);
            return step;
        }
        Location location = found.get();
        Step step = Step.at("location", "location " + location.match().text(), location.origin());
        step.add(Step.of("because", because(location, needsSlash)));
        Deque<Location> chain = new ArrayDeque<>();
        trace(host.locations(), location, chain);
        List<Location> level = host.locations();
        for (Location each : chain) {
            others(level, Optional.of(each), step);
            level = each.nested();
        }
        others(level, Optional.empty(), step);
        return step;
    }

    private String because(Location location, boolean needsSlash) {
        if (needsSlash) {
            return path + " lacks only the slash at the end";
        }
        return switch (location.match()) {
            case Match.Exact is -> "exactly this path";
            case Match.Prefix is -> "the longest prefix of " + path;
            case Match.Expression is -> "the first expression that matches " + path;
            case Match.Named is -> "entered by its name";
            case Match.Anywhere is -> "its condition holds";
        };
    }

    private static boolean trace(List<Location> level, Location sought, Deque<Location> chain) {
        for (Location each : level) {
            chain.addLast(each);
            if (isSame(each, sought) || trace(each.nested(), sought, chain)) {
                return true;
            }
            chain.removeLast();
        }
        return false;
    }

    private void others(List<Location> level, Optional<Location> taken, Step step) {
        for (Location each : level) {
            boolean isTaken = taken.isPresent() && isSame(each, taken.get());
            if (!isTaken && !(each.match() instanceof Match.Named)) {
                String text = "not " + each.match().text() + ": " + whyNot(each, taken);
                step.add(Step.at("not", text, each.origin()));
            }
        }
    }

    private String whyNot(Location other, Optional<Location> taken) {
        if (!fits(other.match())) {
            return switch (other.match()) {
                case Match.Exact is -> "another path";
                case Match.Prefix is -> "the path begins otherwise";
                case Match.Expression is -> "the expression does not match";
                case Match.Named is -> "reached by name only";
                case Match.Anywhere is -> "its condition does not hold";
            };
        }
        if (taken.isEmpty()) {
            return "not taken";
        }
        return switch (taken.get().match()) {
            case Match.Exact is -> "an exact path comes first";
            case Match.Prefix is ->
                other.match() instanceof Match.Prefix
                        ? "a shorter prefix"
                        : is.beforeRegexes()
                                ? "it matches too, but ^~ " + is.path() + " keeps expressions out"
                                : "a nested location comes first";
            case Match.Expression is ->
                other.match() instanceof Match.Prefix
                        ? "an expression that matches comes before prefixes"
                        : "it matches too, but comes later";
            case Match.Named is -> "not taken";
            case Match.Anywhere is -> "not taken";
        };
    }

    private boolean fits(Match match) {
        return switch (match) {
            case Match.Exact is -> is.path().equals(path);
            case Match.Prefix is -> path.startsWith(is.path());
            case Match.Expression is ->
                Expression.compile(is.regex(), new Problems()).test(path);
            case Match.Named is -> false;
            case Match.Anywhere is -> false;
        };
    }

    @SuppressWarnings("ReferenceEquality") // two locations may say the same
    private static boolean isSame(Location one, Location other) {
        return one == other;
    }
}
