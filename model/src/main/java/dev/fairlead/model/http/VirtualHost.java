package dev.fairlead.model.http;

import dev.fairlead.model.text.Regex;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A site: the names it answers to and what happens there.
///
/// @param names in the order of the configuration; may be empty
/// @param tls how it is served over TLS; required where a listener of it speaks TLS
/// @param head how request heads are read. That of a listener's default host holds until the name is known
/// @param rules the rewrite phase before a location is looked for
/// @param settings what applies before a location is found, and where none matches
/// @param action what answers where no location matches
/// @param locations top-level locations, [Location.Match.Named] ones included
public record VirtualHost(
        List<ServerName> names,
        Optional<TlsServer> tls,
        HeadReading head,
        List<Rule> rules,
        Settings settings,
        Action action,
        List<Location> locations,
        Span origin) {

    /// The name that stands for the host in redirects and logs; empty without names.
    public String firstName() {
        return names.isEmpty() ? "" : names.getFirst().text();
    }

    /// A name to compare the request's host with. Precedence: exact, longest leading wildcard, longest trailing
    /// wildcard, first expression in order.
    public sealed interface ServerName {
        /// As written.
        String text();

        /// @param text lower case; may be empty, for requests without a host
        record Exact(String text) implements ServerName {}

        /// `*.example.org`, or `.example.org`, which also stands for `example.org` itself.
        ///
        /// @param suffix lower case, with its leading dot
        record Leading(String text, String suffix, boolean includesBare) implements ServerName {}

        /// `www.example.*`
        ///
        /// @param prefix lower case, with its trailing dot
        record Trailing(String text, String prefix) implements ServerName {}

        record Expression(String text, Regex regex) implements ServerName {}
    }
}
