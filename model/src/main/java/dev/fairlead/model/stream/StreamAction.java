package dev.fairlead.model.stream;

import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;

/// What becomes of a connection.
public sealed interface StreamAction {
    Span origin();

    /// It is passed on.
    record ForwardTo(StreamForward forward) implements StreamAction {
        @Override
        public Span origin() {
            return forward.origin();
        }
    }

    /// Something is remembered of it, and the next rule is asked.
    ///
    /// @param what a [Rule.Track], [Rule.Count], [Rule.Assign], [Rule.Clear] or [Rule.ChangeList], or a
    ///     [Rule.When] with such; or a [Rule.Resolve], for which the connection waits
    record Remember(Rule what) implements StreamAction {
        @Override
        public Span origin() {
            return what.origin();
        }
    }

    /// The client is sent a text, and the connection ends.
    record Answer(Template text, Span origin) implements StreamAction {}

    /// The connection ends without a byte.
    ///
    /// @param byReset whether it is reset
    /// @param isTold whether a line of the log tells of it
    record Close(boolean byReset, boolean isTold, Span origin) implements StreamAction {
        public Close(boolean byReset, Span origin) {
            this(byReset, true, origin);
        }
    }
}
