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
/// @param rules the first one that holds decides
/// @param action what happens where no rule holds
public record StreamHost(
        List<VirtualHost.ServerName> names,
        Optional<TlsServer> tls,
        List<String> protocols,
        StreamSettings settings,
        List<StreamRule> rules,
        StreamAction action,
        Span origin) {
    public StreamHost {
        names = List.copyOf(names);
        protocols = List.copyOf(protocols);
        rules = List.copyOf(rules);
    }
}
