package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The locations of one level, in nginx's order of precedence: an exact path ends the search; else the longest
/// prefix is remembered and its nested locations are searched; then, unless that prefix excludes them, the
/// regular expressions of this level are tried in order, and the first that matches wins over the prefix.
///
/// @param <T> what a location is compiled to
final class LocationTree<T> {
    private final @Nullable TextTable<T> exact;
    /// Locations that answer the path without their last slash with a redirect to it.
    private final @Nullable TextTable<T> slashless;
    /// Most hosts have one prefix: it is at hand.
    private final @Nullable Prefix<T> only;
    private final @Nullable TextTable<Prefix<T>> prefixes;
    private final List<ByExpression<T>> expressions;

    private LocationTree(List<Location> locations, Function<Location, T> compiled, CompileContext context) {
        TextTable<T> whole = new TextTable<>();
        TextTable<T> withoutSlash = new TextTable<>();
        TextTable<Prefix<T>> beginnings = new TextTable<>();
        List<ByExpression<T>> byExpression = new ArrayList<>();
        for (Location location : locations) {
            switch (location.match()) {
                case Location.Match.Exact is -> {
                    T value = compiled.apply(location);
                    String path = Text.bytes(is.path());
                    whole.putIfAbsent(path, value);
                    if (is.redirectToSlash() && path.endsWith("/")) {
                        withoutSlash.putIfAbsent(path.substring(0, path.length() - 1), value);
                    }
                }
                case Location.Match.Prefix is -> {
                    Prefix<T> prefix = prefix(is, location, compiled, context);
                    beginnings.putIfAbsent(prefix.path, prefix);
                    if (is.redirectToSlash() && is.path().endsWith("/")) {
                        withoutSlash.putIfAbsent(prefix.path.substring(0, prefix.path.length() - 1), prefix.value);
                    }
                }
                case Location.Match.Expression is ->
                    byExpression.add(new ByExpression<>(
                            Expression.compile(is.regex(), context.problems()),
                            compiled.apply(location),
                            of(location.nested(), compiled, context)));
                case Location.Match.Named named -> {}
                case Location.Match.Anywhere anywhere -> {}
            }
        }
        exact = whole.isEmpty() ? null : whole;
        slashless = withoutSlash.isEmpty() ? null : withoutSlash;
        only = beginnings.only();
        prefixes = beginnings.isEmpty() || only != null ? null : beginnings;
        expressions = List.copyOf(byExpression);
    }

    private static <T> Prefix<T> prefix(
            Location.Match.Prefix is, Location location, Function<Location, T> compiled, CompileContext context) {
        return new Prefix<>(
                context.alike().one(Text.bytes(is.path())),
                compiled.apply(location),
                is.beforeRegexes(),
                of(location.nested(), compiled, context));
    }

    static <T> @Nullable LocationTree<T> of(
            List<Location> locations, Function<Location, T> compiled, CompileContext context) {
        return locations.isEmpty() ? null : new LocationTree<>(locations, compiled, context);
    }

    /// @param found set to what was found; left alone if nothing was
    /// @return whether the search ends here, because of an exact path, a redirect or a regular expression
    boolean find(String path, Exchange exchange, Finding<T> found) {
        T whole = exact == null ? null : exact.find(path);
        if (whole != null) {
            found.value = whole;
            return true;
        }
        Prefix<T> prefix = longest(path);
        if (slashless != null && (prefix == null || prefix.path.length() != path.length())) {
            T redirecting = slashless.find(path);
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

    private @Nullable Prefix<T> longest(String path) {
        if (only != null) {
            return path.startsWith(only.path) ? only : null;
        }
        return prefixes == null ? null : prefixes.findLongest(path);
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
