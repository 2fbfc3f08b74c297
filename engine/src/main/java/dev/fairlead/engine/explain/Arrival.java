package dev.fairlead.engine.explain;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/// The connection that a request is said to come over.
///
/// @param proxied whom a PROXY protocol header names
/// @param tlsServerName empty if none was asked for
/// @param tlsSession what was agreed on; empty without TLS and where that is not known
/// @param tlsChosenProtocol by ALPN; empty for none
public record Arrival(
        Peer remote,
        Peer local,
        Optional<Peer> proxied,
        boolean isTls,
        String tlsServerName,
        Optional<SSLSession> tlsSession,
        String tlsChosenProtocol)
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
    public boolean isTlsResumed() {
        return false;
    }

    @Override
    public Optional<long[]> tcpFacts() {
        return Optional.empty();
    }
}
