package dev.fairlead.model.upstream;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Servers that can each answer the same requests. Two upstreams are the same when they have the same name in
/// one plan.
///
/// @param name unique in a plan; the address as written for an upstream that nobody declared
/// @param servers in the order of the configuration; a host name with several addresses counts as that many
///     servers
/// @param idle which connections are kept for the next request
/// @param declared false for the upstream implied by a single address
public record Upstream(
        String name, List<Server> servers, Balance balance, Optional<IdlePool> idle, boolean declared, Span origin) {

    /// One server of an upstream.
    ///
    /// @param weight its share, at least 1
    /// @param maxConnections most connections at once from this process; 0 for no limit
    /// @param maxFailures failures within `failureWindow` that make it count as unavailable for as long; 0
    ///     never does
    /// @param backup used only while no other is available
    /// @param down never used
    public record Server(
            Address address,
            int weight,
            int maxConnections,
            int maxFailures,
            Duration failureWindow,
            boolean backup,
            boolean down,
            Span origin) {}

    /// Idle connections that are kept for reuse.
    ///
    /// @param perLoop most idle connections an event loop keeps for the upstream
    /// @param maxRequests requests after which a connection is closed
    /// @param maxAge age after which a connection is closed when its request ends
    /// @param idleTimeout time a connection may lie idle
    public record IdlePool(int perLoop, long maxRequests, Duration maxAge, Duration idleTimeout) {}
}
