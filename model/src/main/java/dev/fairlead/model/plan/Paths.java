package dev.fairlead.model.plan;

import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Location.Match;
import dev.fairlead.model.http.Regex;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Paths and the locations they lead to.
final class Paths {
    private Paths() {}

    /// One path for each location that has one of its own.
    static List<String> of(VirtualHost host) {
        List<String> paths = new ArrayList<>();
        collect(host.locations(), paths);
        return paths;
    }

    private static void collect(List<Location> locations, List<String> paths) {
        for (Location location : locations) {
            switch (location.match()) {
                case Match.Exact(String path) -> paths.add(path);
                case Match.Prefix prefix -> paths.add(prefix.path());
                case Match.Expression expression -> {}
                case Match.Named named -> {}
                case Match.Anywhere anywhere -> {}
            }
            collect(location.nested(), paths);
        }
    }

    /// Where a request for that path ends up; empty if something may happen to it before.
    static Optional<Location> place(VirtualHost host, String path) {
        boolean isDirect = host.rules().stream().allMatch(Rule.Assign.class::isInstance);
        return isDirect ? among(host.locations(), path) : Optional.empty();
    }

    private static Optional<Location> among(List<Location> siblings, String path) {
        Optional<Location> longest = Optional.empty();
        int length = -1;
        for (Location each : siblings) {
            if (each.match() instanceof Match.Exact(String exact) && exact.equals(path)) {
                return Optional.of(each);
            }
            if (each.match() instanceof Match.Prefix prefix
                    && path.startsWith(prefix.path())
                    && prefix.path().length() > length) {
                longest = Optional.of(each);
                length = prefix.path().length();
            }
        }
        Optional<Location> nested = longest.flatMap(within -> among(within.nested(), path));
        if (nested.isPresent()) {
            return nested;
        }
        boolean excludes = longest.map(Location::match)
                .map(match -> match instanceof Match.Prefix prefix && prefix.beforeRegexes())
                .orElse(false);
        Optional<Location> expression = excludes
                ? Optional.empty()
                : siblings.stream().filter(each -> isFound(each, path)).findFirst();
        return expression.isPresent() ? expression : longest;
    }

    private static boolean isFound(Location location, String path) {
        return location.match() instanceof Match.Expression(Regex regex) && isFound(regex, path);
    }

    /// What is no expression for this library is as good as not there: only a warning depends on it.
    private static boolean isFound(Regex regex, String path) {
        try {
            int flags = regex.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0;
            return Pattern.compile(regex.pattern(), flags).matcher(path).find();
        } catch (PatternSyntaxException unusable) {
            return false;
        }
    }
}
