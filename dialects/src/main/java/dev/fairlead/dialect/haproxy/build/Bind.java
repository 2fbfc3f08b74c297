package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Span;
import java.util.Optional;

/// One address of a `bind` line with its parameters.
///
/// @param label its name, or its number among those of the frontend
record Bind(
        String label,
        Address address,
        SocketOptions options,
        Optional<TlsServer> tls,
        boolean proxyProtocol,
        boolean http2,
        Span origin) {}
