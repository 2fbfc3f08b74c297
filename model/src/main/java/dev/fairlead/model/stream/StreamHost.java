package dev.fairlead.model.stream;

import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// What happens to connections for one server name, or to all of a listener.
///
/// @param names the server names in TLS that lead here; may be empty
/// @param tls how TLS is spoken here; required where a listener of it speaks TLS
/// @param protocols what is offered by ALPN, best first; empty for no ALPN
/// @param unverified what happens to clients whose certificate is not accepted, where that is judged once the
///     handshake is complete; empty: their connection ends
/// @param rules the first one that holds decides
/// @param action what happens where no rule holds
public record StreamHost(
        List<VirtualHost.ServerName> names,
        Optional<TlsServer> tls,
        List<String> protocols,
        StreamSettings settings,
        Optional<StreamAction> unverified,
        List<StreamRule> rules,
        StreamAction action,
        Span origin) {
    /// One that asks for no certificate, or refuses in the handshake.
    public StreamHost(
            List<VirtualHost.ServerName> names,
            Optional<TlsServer> tls,
            List<String> protocols,
            StreamSettings settings,
            List<StreamRule> rules,
            StreamAction action,
            Span origin) {
        this(names, tls, protocols, settings, Optional.empty(), rules, action, origin);
    }

    public StreamHost {
        names = List.copyOf(names);
        protocols = List.copyOf(protocols);
        rules = List.copyOf(rules);
    }
}
