package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// Header fields put on responses.
///
/// @param additions added to responses with status 200, 201, 204, 206, 301, 302, 303, 304, 307 and 308, or to all
/// @param trailers fields behind the body
/// @param expiry Expires and Cache-Control
/// @param server what the Server field says
/// @param chunked whether bodies of unknown length are sent chunked to HTTP/1.1 clients
/// @param firstRules what happens to all heads before fields are added
/// @param rules what happens to the heads of answers that servers, applications and files give, as opposed to
///     errors, redirects and answers of rules
/// @param lastRules what happens to all heads, behind that
public record ResponseHeaders(
        List<Addition> additions,
        List<Addition> trailers,
        Optional<Expiry> expiry,
        ServerField server,
        boolean chunked,
        List<ResponseRule> firstRules,
        List<ResponseRule> rules,
        List<ResponseRule> lastRules) {
    /// Without rules.
    public ResponseHeaders(
            List<Addition> additions,
            List<Addition> trailers,
            Optional<Expiry> expiry,
            ServerField server,
            boolean chunked) {
        this(additions, trailers, expiry, server, chunked, List.of(), List.of(), List.of());
    }

    public record Addition(String name, Template value, boolean always, Span origin) {}

    /// When a response goes stale.
    public sealed interface Expiry {
        /// 1970, and no-cache.
        record Epoch() implements Expiry {}

        /// 2037, and ten years.
        record Max() implements Expiry {}

        /// @param seconds after now, negative for the past (no-cache)
        record AfterNow(long seconds) implements Expiry {}

        /// @param seconds after the file's modification time
        record AfterModified(long seconds) implements Expiry {}

        /// @param secondOfDay the next time that the wall clock shows it
        record AtTimeOfDay(int secondOfDay) implements Expiry {}

        /// The text names one of the others: `epoch`, `max`, `off`, or a time as configurations write it.
        record Computed(Template value) implements Expiry {}
    }

    /// What the Server field says.
    public enum ServerField {
        NAME,
        NAME_AND_VERSION,
        NAME_AND_BUILD,
        /// There is none, and no Date either, but for those that an upstream has sent: a proxy that shows itself
        /// nowhere, and leaves the Content-Type of an answer with 204 as well.
        NONE
    }
}
