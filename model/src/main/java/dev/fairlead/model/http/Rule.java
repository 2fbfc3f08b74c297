package dev.fairlead.model.http;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A step of the rewrite phase. Steps run in order until one ends the phase.
public sealed interface Rule {
    Span origin();

    /// @param target a [Variable.Custom], or a builtin that can be set: the query string or the rate limit
    record Assign(Variable target, Template value, Span origin) implements Rule {}

    /// Replaces the path (and query) where the expression is found in the decoded path.
    ///
    /// @param replacement what the whole path becomes; a `?` in it starts the new query
    /// @param keepQuery whether the request's own query is appended behind the new one
    /// @param log whether the step is written to the error log
    record Rewrite(Regex regex, Template replacement, boolean keepQuery, Flow flow, boolean log, Span origin)
            implements Rule {
        /// What happens after a replacement.
        public enum Flow {
            /// The next step runs.
            CONTINUE,
            /// The phase ends, and a location is looked for again.
            LAST,
            /// The phase ends in this location.
            BREAK,
            /// 302 to the new address.
            REDIRECT,
            /// 301 to the new address.
            PERMANENT
        }
    }

    /// Answers at once.
    ///
    /// @param status 200 to 599, or 444 for closing the connection without an answer
    /// @param content the Location for 301, 302, 303, 307 and 308, the body for every other status
    record Answer(int status, Optional<Template> content, Span origin) implements Rule {}

    /// Ends the phase without looking for a location again.
    record Stop(Span origin) implements Rule {}

    /// Runs further steps if the condition holds. Where `enter` is given, the request's location becomes that
    /// one (its settings replace those of the enclosing location), and later steps go on from there.
    record When(Condition condition, List<Rule> then, Optional<Location> enter, Span origin) implements Rule {}
}
