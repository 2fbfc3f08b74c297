package dev.fairlead.model.upstream;

import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.tls.TlsClient;
import java.time.Duration;
import java.util.Optional;

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
        boolean forgotten) {
    /// Of a server with none of it.
    public static final ServerTraits NONE = new ServerTraits(
            "", 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, "", 0, false);

    /// A server by name.
    ///
    /// @param upstream its upstream's name
    /// @param server its own, or its address
    public record Reference(String upstream, String server) {}

    public ServerTraits withName(String value) {
        return new ServerTraits(
                value, number, check, tracks, tls, proxyHeader, slowStart, cookie, queueLength, forgotten);
    }

    public ServerTraits withNumber(int value) {
        return new ServerTraits(
                name, value, check, tracks, tls, proxyHeader, slowStart, cookie, queueLength, forgotten);
    }

    public ServerTraits withCheck(HealthCheck value) {
        return new ServerTraits(
                name, number, Optional.of(value), tracks, tls, proxyHeader, slowStart, cookie, queueLength, forgotten);
    }

    public ServerTraits withTracks(Reference value) {
        return new ServerTraits(
                name, number, check, Optional.of(value), tls, proxyHeader, slowStart, cookie, queueLength, forgotten);
    }

    public ServerTraits withTls(TlsClient value) {
        return new ServerTraits(
                name,
                number,
                check,
                tracks,
                Optional.of(value),
                proxyHeader,
                slowStart,
                cookie,
                queueLength,
                forgotten);
    }

    public ServerTraits withProxyHeader(ProxyProtocol value) {
        return new ServerTraits(
                name, number, check, tracks, tls, Optional.of(value), slowStart, cookie, queueLength, forgotten);
    }

    public ServerTraits withSlowStart(Duration value) {
        return new ServerTraits(name, number, check, tracks, tls, proxyHeader, value, cookie, queueLength, forgotten);
    }

    public ServerTraits withCookie(String value) {
        return new ServerTraits(
                name, number, check, tracks, tls, proxyHeader, slowStart, value, queueLength, forgotten);
    }

    public ServerTraits withQueueLength(int value) {
        return new ServerTraits(name, number, check, tracks, tls, proxyHeader, slowStart, cookie, value, forgotten);
    }

    /// Not remembered by tables.
    public ServerTraits asForgotten() {
        return new ServerTraits(name, number, check, tracks, tls, proxyHeader, slowStart, cookie, queueLength, true);
    }
}
