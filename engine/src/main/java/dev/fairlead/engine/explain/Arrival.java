package dev.fairlead.engine.explain;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/// The connection that a request is said to come over.
///
/// @param proxied whom a PROXY protocol header names
/// @param tlsServerName empty if none was asked for
public record Arrival(Peer remote, Peer local, Optional<Peer> proxied, boolean isTls, String tlsServerName)
        implements ConnectionInfo {
    @Override
    public long serial() {
        return 1;
    }

    @Override
    public long requests() {
        return 1;
    }

    @Override
    public long openedNanos() {
        return 0;
    }

    @Override
    public Optional<Peer> proxiedClient() {
        return proxied;
    }

    @Override
    public Optional<Peer> proxiedServer() {
        return proxied.map(client -> local);
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return Optional.empty();
    }

    @Override
    public String tlsChosenProtocol() {
        return "";
    }

    @Override
    public boolean isTlsResumed() {
        return false;
    }

    @Override
    public Optional<long[]> tcpFacts() {
        return Optional.empty();
    }
}
