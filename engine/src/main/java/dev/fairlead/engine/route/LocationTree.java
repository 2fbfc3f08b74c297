package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.Location;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The locations of one level, in nginx's order of precedence: an exact path ends the search; else the longest
/// prefix is remembered and its nested locations are searched; then, unless that prefix excludes them, the
/// regular expressions of this level are tried in order, and the first that matches wins over the prefix.
///
/// @param <T> what a location is compiled to
final class LocationTree<T> {
    private final Map<String, T> exact = new HashMap<>();
    /// Locations that answer the path without their last slash with a redirect to it.
    private final Map<String, T> slashless = new HashMap<>();
    /// In order of their paths.
    private final String[] paths;
    private final List<Prefix<T>> prefixes = new ArrayList<>();
    private final List<ByExpression<T>> expressions = new ArrayList<>();

    private LocationTree(List<Location> locations, Function<Location, T> compiled, Problems problems) {
        for (Location location : locations) {
            switch (location.match()) {
                case Location.Match.Exact is -> exact.putIfAbsent(Text.bytes(is.path()), compiled.apply(location));
                case Location.Match.Prefix is ->
                    prefixes.add(new Prefix<>(
                            Text.bytes(is.path()),
                            compiled.apply(location),
                            is.beforeRegexes(),
                            of(location.nested(), compiled, problems)));
                case Location.Match.Expression is ->
                    expressions.add(new ByExpression<>(
                            Expression.compile(is.regex(), problems),
                            compiled.apply(location),
                            of(location.nested(), compiled, problems)));
                case Location.Match.Named named -> {}
                case Location.Match.Anywhere anywhere -> {}
            }
            if (location.match() instanceof Location.Match.Prefix is
                    && is.redirectToSlash()
                    && is.path().endsWith("/")) {
                String path = Text.bytes(is.path());
                slashless.putIfAbsent(path.substring(0, path.length() - 1), prefixes.getLast().value);
            }
        }
        prefixes.sort(Comparator.comparing(prefix -> prefix.path));
        paths = prefixes.stream().map(prefix -> prefix.path).toArray(String[]::new);
        linkToShorter();
    }

    static <T> @Nullable LocationTree<T> of(
            List<Location> locations, Function<Location, T> compiled, Problems problems) {
        return locations.isEmpty() ? null : new LocationTree<>(locations, compiled, problems);
    }

    /// Each prefix learns the longest other prefix that it starts with: in sorted order that is the previous
    /// one or one that the previous one is linked to.
    private void linkToShorter() {
        for (int i = 1; i < prefixes.size(); i++) {
            Prefix<T> candidate = prefixes.get(i - 1);
            while (candidate != null && !paths[i].startsWith(candidate.path)) {
                candidate = candidate.shorter;
            }
            prefixes.get(i).shorter = candidate;
        }
    }

    /// @param found set to what was found; left alone if nothing was
    /// @return whether the search ends here, because of an exact path, a redirect or a regular expression
    boolean find(String path, Exchange exchange, Finding<T> found) {
        T whole = exact.get(path);
        if (whole != null) {
            found.value = whole;
            return true;
        }
        Prefix<T> prefix = longest(path);
        if (!slashless.isEmpty() && (prefix == null || prefix.path.length() != path.length())) {
            T redirecting = slashless.get(path);
            if (redirecting != null) {
                found.value = redirecting;
                found.needsSlash = true;
                return true;
            }
        }
        if (prefix != null) {
            found.value = prefix.value;
            if (prefix.nested != null && prefix.nested.find(path, exchange, found)) {
                return true;
            }
            if (prefix.isBeforeExpressions) {
                return false;
            }
        }
        return findExpression(path, exchange, found);
    }

    private boolean findExpression(String path, Exchange exchange, Finding<T> found) {
        for (int i = 0; i < expressions.size(); i++) {
            ByExpression<T> each = expressions.get(i);
            if (each.expression.find(path, exchange)) {
                found.value = each.value;
                if (each.nested != null) {
                    each.nested.find(path, exchange, found);
                }
                return true;
            }
        }
        return false;
    }

    /// Any prefix of the path sorts at or before it, and whatever sorts between the longest prefix and the path
    /// starts with that prefix too: so it is the greatest entry not behind the path, or one it is linked to.
    private @Nullable Prefix<T> longest(String path) {
        int at = Arrays.binarySearch(paths, path);
        if (at >= 0) {
            return prefixes.get(at);
        }
        int before = -at - 2;
        Prefix<T> candidate = before < 0 ? null : prefixes.get(before);
        while (candidate != null && !path.startsWith(candidate.path)) {
            candidate = candidate.shorter;
        }
        return candidate;
    }

    /// The result of a search; reused.
    static final class Finding<T> {
        private @Nullable T value;
        private boolean needsSlash;

        void clear() {
            value = null;
            needsSlash = false;
        }

        @Nullable
        T value() {
            return value;
        }

        /// Whether the path is to be answered with a redirect to itself with a slash behind.
        boolean needsSlash() {
            return needsSlash;
        }
    }

    private static final class Prefix<T> {
        private final String path;
        private final T value;
        private final boolean isBeforeExpressions;
        private final @Nullable LocationTree<T> nested;
        private @Nullable Prefix<T> shorter;

        Prefix(String path, T value, boolean isBeforeExpressions, @Nullable LocationTree<T> nested) {
            this.path = path;
            this.value = value;
            this.isBeforeExpressions = isBeforeExpressions;
            this.nested = nested;
        }
    }

    private record ByExpression<T>(
            Expression expression, T value, @Nullable LocationTree<T> nested) {}
}
