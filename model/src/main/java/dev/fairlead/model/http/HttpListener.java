package dev.fairlead.model.http;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.source.Span;
import java.util.List;

/// A place where HTTP requests come in.
///
/// @param tls whether connections speak TLS
/// @param proxyProtocol whether connections start with a PROXY protocol header
/// @param http2 whether HTTP/2 is offered
/// @param hosts in the order of the configuration, at least one
/// @param defaultHost the one for requests that no name matches; among `hosts`
public record HttpListener(
        Address address,
        SocketOptions options,
        boolean tls,
        boolean proxyProtocol,
        boolean http2,
        List<VirtualHost> hosts,
        VirtualHost defaultHost,
        Span origin)
        implements Listener {
    public HttpListener withOptions(SocketOptions other) {
        return new HttpListener(address, other, tls, proxyProtocol, http2, hosts, defaultHost, origin);
    }
}
