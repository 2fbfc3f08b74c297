package dev.fairlead.engine.http;

import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Settings;
import dev.fairlead.source.Span;
import java.util.List;

/// Where a request is: the compiled form of a location, or of a virtual host before a location is found.
/// Implemented by the router; everyone else sees only this much of it.
public interface Place {
    Settings settings();

    Span origin();

    /// Run over every response from here, in order, before its head is sent.
    List<HeadFilter> filters();

    /// Looks for the content of another path: rewrite phase and location search start again.
    void redirect(Exchange exchange);

    /// Goes on in the named location of the same virtual host.
    void enterNamed(Exchange exchange, String name);

    /// Answers with an error: the page set for it, or the built-in one.
    void fail(Exchange exchange, int status);

    /// Answers with a redirect that the server makes itself: the error page set for the status, or the built-in
    /// one, with a Location field. A path is completed as [Settings#redirects()] says.
    void redirectClient(Exchange exchange, int status, String location);

    /// Writes to the error log of this place.
    void report(Exchange exchange, LogLevel level, String message);

    /// The head of the answer is on its way: lines of the log that do not wait for the end are written.
    default void begun(Exchange exchange) {}

    /// The exchange is over: access logs, counters and limits take note.
    void ended(Exchange exchange);
}
