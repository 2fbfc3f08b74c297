package dev.fairlead.engine.upstream.dial;

import dev.fairlead.engine.upstream.balance.Balancer;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.ServerGroup;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Upstream;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a request goes: the same for all requests, or put together for one from a URL with variables.
///
/// @param hostText host and port as the configuration names them, for the Host field and variables
/// @param path path and query of a computed URL; empty if it has none
/// @param idle which connections are kept
/// @param security null for connections in the clear
/// @param own for servers that have TLS of their own
/// @param local where connections are made from; null for the system's choice
public record Destination(
        ServerGroup group,
        Balancer balancer,
        String hostText,
        String portText,
        String path,
        PoolKey poolKey,
        Optional<Upstream.IdlePool> idle,
        @Nullable Security security,
        Map<TlsClient, Secured> own,
        @Nullable SocketAddress local) {

    /// @param key of the connections that are secured like this
    record Secured(Security security, PoolKey key) {
        Secured from(String address) {
            return new Secured(security, key.from(address));
        }
    }

    /// Null for connections in the clear.
    @Nullable
    public Security security(Member server) {
        Secured secured = secured(server);
        return secured == null ? security : secured.security();
    }

    /// Which connections to that server are alike.
    public PoolKey poolKey(Member server) {
        Secured secured = secured(server);
        return secured == null ? poolKey : secured.key();
    }

    private @Nullable Secured secured(Member server) {
        return own.isEmpty() || server.traits().tls().isEmpty()
                ? null
                : own.get(server.traits().tls().get());
    }

    /// Which connections to a server are kept: none that began with a header about their client.
    public Optional<Upstream.IdlePool> idle(Member server) {
        return server.traits().proxyHeader().isPresent() ? Optional.empty() : idle;
    }

    public String scheme() {
        return security == null ? "http" : "https";
    }

    /// The same, with connections made from an address.
    ///
    /// @param text without port; empty for the system's choice
    Destination from(String text, @Nullable SocketAddress address) {
        Map<TlsClient, Secured> secured = new HashMap<>();
        own.forEach((client, usual) -> secured.put(client, usual.from(text)));
        return new Destination(
                group, balancer, hostText, portText, path, poolKey.from(text), idle, security, secured, address);
    }

    Destination with(PoolKey key, Security other) {
        return new Destination(group, balancer, hostText, portText, path, key, idle, other, own, local);
    }

    Destination with(Map<TlsClient, Secured> others) {
        return new Destination(group, balancer, hostText, portText, path, poolKey, idle, security, others, local);
    }
}
