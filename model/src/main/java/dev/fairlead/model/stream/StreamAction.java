package dev.fairlead.model.stream;

import dev.fairlead.model.http.Template;
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

    /// The client is sent a text, and the connection ends.
    record Answer(Template text, Span origin) implements StreamAction {}

    /// The connection ends without a byte.
    ///
    /// @param byReset whether it is reset
    record Close(boolean byReset, Span origin) implements StreamAction {}
}
