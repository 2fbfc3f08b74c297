package dev.fairlead.engine.upstream;

import dev.fairlead.model.upstream.Upstream;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a request goes: the same for all requests, or put together for one from a URL with variables.
///
/// @param hostText host and port as the configuration names them, for the Host field and variables
/// @param path path and query of a computed URL; empty if it has none
/// @param idle which connections are kept
/// @param security null for connections in the clear
/// @param local where connections are made from; null for the system's choice
record Destination(
        ServerGroup group,
        Balancer balancer,
        String hostText,
        String portText,
        String path,
        PoolKey poolKey,
        Optional<Upstream.IdlePool> idle,
        @Nullable Security security,
        @Nullable SocketAddress local) {

    String scheme() {
        return security == null ? "http" : "https";
    }

    /// The same, with connections made from an address.
    ///
    /// @param text without port; empty for the system's choice
    Destination from(String text, @Nullable SocketAddress address) {
        return new Destination(group, balancer, hostText, portText, path, poolKey.from(text), idle, security, address);
    }
}
