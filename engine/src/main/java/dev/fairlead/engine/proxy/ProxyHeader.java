package dev.fairlead.engine.proxy;

import dev.fairlead.engine.connection.Peer;
import java.util.Optional;

/// What a proxy said about a connection it passed on: who really connected, and to where. Empty for the proxy's
/// own connections and for kinds of address that are not ours.
public record ProxyHeader(Optional<Peer> client, Optional<Peer> server) {
    public static final ProxyHeader UNKNOWN = new ProxyHeader(Optional.empty(), Optional.empty());

    public static ProxyHeader of(Peer client, Peer server) {
        return new ProxyHeader(Optional.of(client), Optional.of(server));
    }
}
