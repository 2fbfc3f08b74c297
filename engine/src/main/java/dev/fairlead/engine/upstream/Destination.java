package dev.fairlead.engine.upstream;

import dev.fairlead.model.upstream.Upstream;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a request goes: the same for all requests, or put together for one from a URL with variables.
///
/// @param scheme `http` or `https`
/// @param hostText host and port as the configuration names them, for the Host field and variables
/// @param path path and query of a computed URL; empty if it has none
/// @param idle which connections are kept
/// @param local where connections are made from; null for the system's choice
record Destination(
        ServerGroup group,
        Balancer balancer,
        String scheme,
        String hostText,
        String portText,
        String path,
        PoolKey poolKey,
        Optional<Upstream.IdlePool> idle,
        @Nullable SocketAddress local) {}
