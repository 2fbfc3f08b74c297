package dev.fairlead.model.upstream;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What only some servers of an upstream have.
///
/// @param name what operators and rules know it by; empty for its address
/// @param number its place on a hash ring; 0 for its place in the configuration, from 1
/// @param check how it is found out whether it is well; without one it counts as well
/// @param tracks the server whose checks count for this one; instead of a check of its own
/// @param tls how connections to it are secured, if the forward says nothing
/// @param proxyHeader the header of the PROXY protocol that each connection to it begins with
/// @param slowStart how long after it came back its share grows from almost nothing to the whole
/// @param cookie what a cookie of [Persistence.InCookie] says for it; empty for none
/// @param queueLength most requests that wait for this server alone, because their client is bound to it; others
///     go to another server. 0 for as many as the queue takes
/// @param forgotten whether tables ([Persistence.Remembered]) do not remember that a client came to it
/// @param vigilance how it is watched besides its checks
/// @param growth how the limit of its connections grows with the load; empty if it is the same at any load
/// @param source the literal address that connections to it are made from, and its port or 0; empty for what
///     the forward or the kernel chooses
/// @param lookup how its address is found out while the program runs; empty if the address is looked up once
public record ServerTraits(
        String name,
        int number,
        Optional<HealthCheck> check,
        Optional<Reference> tracks,
        Optional<TlsClient> tls,
        Optional<ProxyProtocol> proxyHeader,
        Duration slowStart,
        String cookie,
        int queueLength,
        boolean forgotten,
        Vigilance vigilance,
        Optional<Growth> growth,
        Optional<Address.Tcp> source,
        Optional<NameLookup> lookup) {
    /// Of a server with none of it.
    public static final ServerTraits NONE = new ServerTraits(
            "",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            "",
            0,
            false,
            Vigilance.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /// A server by name.
    ///
    /// @param upstream its upstream's name
    /// @param server its own, or its address
    public record Reference(String upstream, String server) {}

    /// A limit of connections that grows with the load: a share of the server's own limit as large as the
    /// upstream's share of `full`, and never less than `least`.
    ///
    /// @param least while there is little to do
    /// @param full requests of the upstream, those that wait included, at which the server's own limit holds
    public record Growth(int least, int full) {}

    public ServerTraits withName(String value) {
        return with(traits -> traits.name = value);
    }

    public ServerTraits withNumber(int value) {
        return with(traits -> traits.number = value);
    }

    public ServerTraits withCheck(HealthCheck value) {
        return with(traits -> traits.check = Optional.of(value));
    }

    public ServerTraits withTracks(Reference value) {
        return with(traits -> traits.tracks = Optional.of(value));
    }

    public ServerTraits withTls(TlsClient value) {
        return with(traits -> traits.tls = Optional.of(value));
    }

    public ServerTraits withProxyHeader(ProxyProtocol value) {
        return with(traits -> traits.proxyHeader = Optional.of(value));
    }

    public ServerTraits withSlowStart(Duration value) {
        return with(traits -> traits.slowStart = value);
    }

    public ServerTraits withCookie(String value) {
        return with(traits -> traits.cookie = value);
    }

    public ServerTraits withQueueLength(int value) {
        return with(traits -> traits.queueLength = value);
    }

    /// Not remembered by tables.
    public ServerTraits asForgotten() {
        return with(traits -> traits.forgotten = true);
    }

    public ServerTraits withVigilance(Vigilance value) {
        return with(traits -> traits.vigilance = value);
    }

    public ServerTraits withGrowth(Growth value) {
        return with(traits -> traits.growth = Optional.of(value));
    }

    public ServerTraits withSource(Address.Tcp value) {
        return with(traits -> traits.source = Optional.of(value));
    }

    public ServerTraits withLookup(NameLookup value) {
        return with(traits -> traits.lookup = Optional.of(value));
    }

    private ServerTraits with(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.traits();
    }

    /// The one place that knows the order of all of them.
    private static final class Changed {
        private String name;
        private int number;
        private Optional<HealthCheck> check;
        private Optional<Reference> tracks;
        private Optional<TlsClient> tls;
        private Optional<ProxyProtocol> proxyHeader;
        private Duration slowStart;
        private String cookie;
        private int queueLength;
        private boolean forgotten;
        private Vigilance vigilance;
        private Optional<Growth> growth;
        private Optional<Address.Tcp> source;
        private Optional<NameLookup> lookup;

        private Changed(ServerTraits from) {
            name = from.name;
            number = from.number;
            check = from.check;
            tracks = from.tracks;
            tls = from.tls;
            proxyHeader = from.proxyHeader;
            slowStart = from.slowStart;
            cookie = from.cookie;
            queueLength = from.queueLength;
            forgotten = from.forgotten;
            vigilance = from.vigilance;
            growth = from.growth;
            source = from.source;
            lookup = from.lookup;
        }

        private ServerTraits traits() {
            return new ServerTraits(
                    name,
                    number,
                    check,
                    tracks,
                    tls,
                    proxyHeader,
                    slowStart,
                    cookie,
                    queueLength,
                    forgotten,
                    vigilance,
                    growth,
                    source,
                    lookup);
        }
    }
}
