package dev.fairlead.model.stream;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.source.Span;
import java.util.List;

/// A place where connections come in that are passed on as they are.
///
/// @param tls whether connections speak TLS, which ends here
/// @param proxyProtocol whether connections start with a PROXY protocol header
/// @param hosts in the order of the configuration, at least one. With `tls`, the server name that the client asks
///     for chooses among them; without, the default one has every connection
/// @param defaultHost the one for connections that no name matches; among `hosts`
public record StreamListener(
        Address address,
        SocketOptions options,
        boolean tls,
        boolean proxyProtocol,
        List<StreamHost> hosts,
        StreamHost defaultHost,
        Span origin)
        implements Listener {
    public StreamListener {
        hosts = List.copyOf(hosts);
    }

    /// One service for all connections.
    public StreamListener(
            Address address,
            SocketOptions options,
            boolean tls,
            boolean proxyProtocol,
            StreamHost onlyHost,
            Span origin) {
        this(address, options, tls, proxyProtocol, List.of(onlyHost), onlyHost, origin);
    }
}
