package dev.fairlead.engine.tls;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Passage;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out whether a plan's TLS could be set up, as it is when the plan is provisioned: certificates, keys,
/// authorities and lists of ciphers are read, and nothing is opened or kept.
public final class TlsTrial {
    private TlsTrial() {}

    /// @param problems what keeps the plan from running is added, once for each place
    public static void of(Plan plan, Problems problems) {
        Problems found = new Problems();
        plan.listeners().stream()
                .filter(Listener::tls)
                .flatMap(TlsTrial::servers)
                .filter(server -> server.identities().stream()
                        .noneMatch(identity -> identity.certificate().contains("$")))
                .distinct()
                .forEach(server -> HostTls.compile(server, List.of(), found, new LiveCertificates()));
        Passage.of(plan).stream()
                .flatMap(passage -> client(passage).stream())
                .distinct()
                .forEach(client -> TlsClientContexts.compile(client, found));
        found.all().forEach(problems::addOnce);
    }

    private static Stream<TlsServer> servers(Listener listener) {
        if (listener instanceof HttpListener http) {
            return http.hosts().stream().flatMap(host -> host.tls().stream());
        }
        return listener instanceof StreamListener stream
                ? stream.hosts().stream().flatMap(host -> host.tls().stream())
                : Stream.empty();
    }

    private static Optional<TlsClient> client(Passage passage) {
        return switch (passage) {
            case Passage.OfConnections connections -> connections.forward().tls();
            case Passage.OfRequests requests ->
                switch (requests.forward().target()) {
                    case Forward.Target.Fixed fixed -> fixed.tls();
                    // The scheme may turn out to be another one.
                    case Forward.Target.Computed _ -> Optional.empty();
                };
        };
    }
}
