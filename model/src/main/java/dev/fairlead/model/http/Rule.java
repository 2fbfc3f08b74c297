package dev.fairlead.model.http;

import dev.fairlead.model.text.Change;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.CounterPlace;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A step of the rewrite phase. Steps run in order until one ends the phase.
public sealed interface Rule {
    Span origin();

    /// @param target a [Variable.Custom], [Variable.OfConnection] or [Variable.OfProcess], or a builtin that
    ///     can be set: the query string or the rate limit
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

    /// Goes on in a named location of this virtual host: its rules run, its settings hold, its action answers.
    ///
    /// @param location the name of a [Location.Match.Named] of this virtual host
    record Enter(String location, Span origin) implements Rule {}

    /// Changes the request's header fields.
    record EditField(FieldEdit edit, Span origin) implements Rule {}

    /// Replaces a part of the request line. What it is replaced by is sent on byte for byte, and so is what is
    /// left of it as received.
    record EditTarget(Part part, Template value, Span origin) implements Rule {
        /// What is replaced.
        public enum Part {
            METHOD,
            /// Without the query, which stays.
            PATH,
            /// Without its question mark; an empty one takes the mark away.
            QUERY,
            PATH_AND_QUERY,
            /// All of it, in absolute form with scheme and host, or path and query.
            TARGET
        }
    }

    /// Writes the request's path or query as it may be written as well, so that equal ones look alike.
    ///
    /// @param strict whether a request whose escapes are none is answered with 400
    record Normalise(Form form, boolean strict, Span origin) implements Rule {
        /// What is evened out.
        public enum Form {
            /// `#` becomes `%23`.
            ENCODE_FRAGMENT,
            /// `#` and what is behind it goes.
            STRIP_FRAGMENT,
            /// `//` becomes `/` in the path.
            MERGE_SLASHES,
            /// `/./` becomes `/` in the path.
            STRIP_DOT,
            /// `/a/../` becomes `/`; `..` at the path's beginning stay.
            STRIP_DOT_DOT,
            /// The same, and those at its beginning go.
            STRIP_ALL_DOT_DOT,
            /// Escapes of letters, digits and `-._~` become these.
            DECODE_UNRESERVED,
            /// The letters of escapes become upper case.
            UPPER_CASE_ESCAPES,
            /// Arguments are sorted by name; those of one name keep their order.
            SORT_QUERY
        }
    }

    /// Goes on once as much of the request's body is here as is asked for: all of it, or `atLeast` bytes, or as
    /// much as is held in memory. If that takes longer, the answer is 408.
    record AwaitBody(Duration patience, long atLeast, Span origin) implements Rule {}

    /// Looks up an address of a host and goes on once it is known or known to be missing. The variable stays as it
    /// was where there is none, and where the host is no name: empty, or an address already.
    ///
    /// @param target what may be assigned to
    record Resolve(Variable target, Template host, Forward.Resolver by, Span origin) implements Rule {}

    /// Sends the client an interim answer 103 with these fields, if its version of HTTP knows such.
    record Hint(List<Forward.FieldAssignment> fields, Span origin) implements Rule {
        public Hint {
            fields = List.copyOf(fields);
        }
    }

    /// Answers at once. Error pages are not looked for.
    ///
    /// @param contentType empty for no such field
    /// @param fields added to the answer, beside those of the place; not those whose value is empty
    record Respond(
            int status,
            Optional<Template> contentType,
            Content content,
            List<Forward.FieldAssignment> fields,
            Span origin)
            implements Rule {}

    /// Answers with 401 and the question for user and password (Basic).
    record Challenge(Template realm, Span origin) implements Rule {}

    /// Holds the request for a while, then answers. The client may go meanwhile.
    ///
    /// @param answer an [Answer] or a [Respond]
    record Delay(Duration time, Rule answer, Span origin) implements Rule {}

    /// Counts the request on an entry of a table from here on, until it is over. A slot that is taken stays as
    /// it is; so does one whose key has no value.
    ///
    /// @param slot which counters of the request it is, from 0
    /// @param scope what is counted: the request, or its connection with all requests from here on
    record Track(int slot, StickTable table, Template key, Scope scope, Span origin) implements Rule {
        /// How long an entry is tracked.
        public enum Scope {
            REQUEST,
            CONNECTION
        }
    }

    /// Changes a counter of a stick table.
    record Count(CounterPlace place, Counter counter, Change change, Span origin) implements Rule {}

    /// Changes lists and maps for all requests that come.
    record ChangeList(ListChange change, Span origin) implements Rule {}

    /// The variable has no value from here on.
    record Clear(Variable target, Span origin) implements Rule {}
}
