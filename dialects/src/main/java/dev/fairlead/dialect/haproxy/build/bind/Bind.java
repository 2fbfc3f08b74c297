package dev.fairlead.dialect.haproxy.build.bind;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// One address of a `bind` line with its parameters.
///
/// @param protocols what is offered by ALPN, best first; empty for no ALPN
/// @param name as `name` says; empty for none
/// @param number as `id` says, or among those of the frontend
public record Bind(
        String name,
        String number,
        Address address,
        SocketOptions options,
        Optional<TlsServer> tls,
        boolean proxyProtocol,
        List<String> protocols,
        Span origin) {
    /// What logs call it.
    String label() {
        return name.isEmpty() ? number : name;
    }

    public boolean http2() {
        return protocols.contains("h2");
    }
}
