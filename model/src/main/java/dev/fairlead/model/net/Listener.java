package dev.fairlead.model.net;

import dev.fairlead.source.Span;

/// A place where connections come in, whatever they carry.
public interface Listener {
    Address address();

    SocketOptions options();

    /// Whether connections speak TLS.
    boolean tls();

    /// Whether connections start with a PROXY protocol header.
    boolean proxyProtocol();

    Span origin();
}
