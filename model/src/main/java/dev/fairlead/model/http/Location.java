package dev.fairlead.model.http;

import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A part of a virtual host's paths and what happens there. Among siblings: an exact match wins; else the
/// longest prefix is remembered, its nested locations are searched, and unless it excludes them the expressions
/// are tried in order and the first that matches wins; else the remembered prefix.
///
/// @param rules the rewrite phase of this location
/// @param settings all that applies here, inheritance included
/// @param action what answers
/// @param nested locations inside this one
/// @param internalOnly whether only internal redirects get here; others see 404
public record Location(
        Match match,
        List<Rule> rules,
        Settings settings,
        Action action,
        List<Location> nested,
        boolean internalOnly,
        Span origin) {

    /// Which paths a location is for.
    public sealed interface Match {
        /// As messages and `explain` show it.
        String text();

        /// What paths begin with that it is for; empty where that is not all.
        default Optional<String> prefix() {
            return switch (this) {
                case Exact exact -> Optional.of(exact.path());
                case Prefix prefix -> Optional.of(prefix.path());
                case Expression expression -> Optional.empty();
                case Named named -> Optional.empty();
                case Anywhere anywhere -> Optional.empty();
            };
        }

        /// @param redirectToSlash whether the path without its last slash is answered with a redirect to it
        record Exact(String path, boolean redirectToSlash) implements Match {
            @Override
            public String text() {
                return "= " + path;
            }
        }

        /// @param beforeRegexes whether expressions are not tried when this is the longest prefix
        /// @param redirectToSlash whether the path without its last slash is answered with a redirect to it
        record Prefix(String path, boolean beforeRegexes, boolean redirectToSlash) implements Match {
            @Override
            public String text() {
                return beforeRegexes ? "^~ " + path : path;
            }
        }

        record Expression(Regex regex) implements Match {
            @Override
            public String text() {
                return (regex.ignoreCase() ? "~* " : "~ ") + regex.written();
            }
        }

        /// Reached by name only, never by path.
        record Named(String name) implements Match {
            @Override
            public String text() {
                return "@" + name;
            }
        }

        /// The location inside a condition; see [Rule.When]. Also the virtual host itself, before any location
        /// matched.
        record Anywhere() implements Match {
            @Override
            public String text() {
                return "if";
            }
        }
    }
}
