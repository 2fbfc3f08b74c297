package dev.fairlead.model.plan;

import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Location.Match;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.text.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Paths and the locations they lead to.
final class Paths {
    private static final int MOST_ENTERED = 10;

    private Paths() {}

    /// One path for each location that has one of its own.
    static List<String> of(VirtualHost host) {
        List<String> paths = new ArrayList<>();
        collect(host.locations(), paths);
        if (host.rules().stream().anyMatch(Rule.Enter.class::isInstance)) {
            paths.add("/");
        }
        return paths;
    }

    private static void collect(List<Location> locations, List<String> paths) {
        for (Location location : locations) {
            switch (location.match()) {
                case Match.Exact exact -> paths.add(exact.path());
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
        if (isPassing(host.rules())) {
            return among(host.locations(), path);
        }
        Optional<Location> entered = entered(host, host.rules());
        for (int i = 0; i < MOST_ENTERED && entered.isPresent(); i++) {
            if (isPassing(entered.get().rules())) {
                return entered;
            }
            entered = entered(host, entered.get().rules());
        }
        return Optional.empty();
    }

    /// Whether requests stay where they are, on their way to the same path, whatever the rules do.
    static boolean isPassing(List<Rule> rules) {
        return rules.stream().allMatch(Paths::isPassing);
    }

    private static boolean isPassing(Rule rule) {
        return switch (rule) {
            case Rule.Assign assign -> true;
            case Rule.EditField edit -> true;
            case Rule.Track track -> true;
            case Rule.Count count -> true;
            case Rule.ChangeList change -> true;
            case Rule.Hint hint -> true;
            case Rule.AwaitBody await -> true;
            case Rule.Resolve resolve -> true;
            case Rule.Clear clear -> true;
            case Rule.EditTarget edit -> false;
            case Rule.Normalise normalise -> false;
            case Rule.Rewrite rewrite -> false;
            case Rule.Answer answer -> false;
            case Rule.Respond respond -> false;
            case Rule.Challenge challenge -> false;
            case Rule.Delay delay -> false;
            case Rule.Stop stop -> false;
            case Rule.Enter enter -> false;
            case Rule.When when -> false;
        };
    }

    /// The named location that rules send every request to.
    private static Optional<Location> entered(VirtualHost host, List<Rule> rules) {
        Optional<Rule> first = rules.stream().filter(rule -> !isPassing(rule)).findFirst();
        return first.filter(Rule.Enter.class::isInstance)
                .map(Rule.Enter.class::cast)
                .flatMap(enter -> host.locations().stream()
                        .filter(each -> each.match().equals(new Match.Named(enter.location())))
                        .findFirst());
    }

    private static Optional<Location> among(List<Location> siblings, String path) {
        Optional<Location> longest = Optional.empty();
        int length = -1;
        for (Location each : siblings) {
            if (each.match() instanceof Match.Exact exact && exact.path().equals(path)) {
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
