package dev.fairlead.model.upstream;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Condition;
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
/// @param queue how requests wait while all servers are busy; without one they do not
/// @param persistence what binds a client to the server it had before, the first that knows one decides
/// @param loyalty where requests are bound otherwise
/// @param backups which of the backup servers are used while no other is available
public record Upstream(
        String name,
        List<Server> servers,
        Balance balance,
        Optional<IdlePool> idle,
        boolean declared,
        Optional<Queue> queue,
        List<Persistence> persistence,
        Loyalty loyalty,
        Backups backups,
        Span origin) {
    public Upstream {
        servers = List.copyOf(servers);
        persistence = List.copyOf(persistence);
    }

    /// With the usual loyalty.
    public Upstream(
            String name,
            List<Server> servers,
            Balance balance,
            Optional<IdlePool> idle,
            boolean declared,
            Optional<Queue> queue,
            List<Persistence> persistence,
            Backups backups,
            Span origin) {
        this(name, servers, balance, idle, declared, queue, persistence, Loyalty.USUAL, backups, origin);
    }

    /// Without queue and persistence.
    public Upstream(
            String name,
            List<Server> servers,
            Balance balance,
            Optional<IdlePool> idle,
            boolean declared,
            Span origin) {
        this(name, servers, balance, idle, declared, Optional.empty(), List.of(), Backups.ALL, origin);
    }

    public Upstream withServers(List<Server> others) {
        return new Upstream(name, others, balance, idle, declared, queue, persistence, loyalty, backups, origin);
    }

    /// One server of an upstream.
    ///
    /// @param weight its share, at least 1; 0 for one that gets only requests of clients bound to it
    /// @param maxConnections most connections at once from this process; 0 for no limit
    /// @param maxFailures failures within `failureWindow` that make it count as unavailable for as long; 0
    ///     never does
    /// @param backup used only while no other is available
    /// @param down never used unless an operator puts it to work
    public record Server(
            Address address,
            int weight,
            int maxConnections,
            int maxFailures,
            Duration failureWindow,
            boolean backup,
            boolean down,
            ServerTraits traits,
            Span origin) {
        /// Without name, checks and the like.
        public Server(
                Address address,
                int weight,
                int maxConnections,
                int maxFailures,
                Duration failureWindow,
                boolean backup,
                boolean down,
                Span origin) {
            this(address, weight, maxConnections, maxFailures, failureWindow, backup, down, ServerTraits.NONE, origin);
        }

        public Server with(ServerTraits value) {
            return new Server(address, weight, maxConnections, maxFailures, failureWindow, backup, down, value, origin);
        }

        /// The name that operators know it by: its own, or its address.
        public String shownName() {
            return traits.name().isEmpty() ? address.text() : traits.name();
        }
    }

    /// Idle connections that are kept for reuse.
    ///
    /// @param perLoop most idle connections an event loop keeps for the upstream
    /// @param maxRequests requests after which a connection is closed
    /// @param maxAge age after which a connection is closed when its request ends
    /// @param idleTimeout time a connection may lie idle
    public record IdlePool(int perLoop, long maxRequests, Duration maxAge, Duration idleTimeout) {}

    /// Where requests wait until a server has fewer than its most connections. What waits too long, or finds the
    /// queue full, is answered with 503.
    ///
    /// @param most requests that wait at once, those for one certain server included
    public record Queue(int most, Duration timeout) {}

    /// Which requests are bound to a server in another way than [#persistence()] says.
    ///
    /// @param cookieIgnored those are bound by no cookie
    /// @param evenDown those go to their server though it is down
    public record Loyalty(Optional<Condition> cookieIgnored, Optional<Condition> evenDown) {
        public static final Loyalty USUAL = new Loyalty(Optional.empty(), Optional.empty());
    }

    /// Backup servers that are used.
    public enum Backups {
        /// All that are available, by the same balance.
        ALL,
        /// The first that is available.
        FIRST
    }
}
