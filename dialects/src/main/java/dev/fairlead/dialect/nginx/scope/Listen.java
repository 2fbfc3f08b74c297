package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.source.Span;

/// One `listen` of one server.
///
/// @param text the address as written
/// @param optionsGiven whether the socket's options are set here
public record Listen(
        String text,
        Address address,
        boolean tls,
        boolean http2,
        boolean proxyProtocol,
        boolean isDefault,
        boolean optionsGiven,
        SocketOptions options,
        Span origin) {}
