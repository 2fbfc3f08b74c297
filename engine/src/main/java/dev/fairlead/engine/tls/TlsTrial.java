package dev.fairlead.engine.tls;

import dev.fairlead.model.plan.Passage;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.source.Problems;
import java.util.List;

/// Finds out whether a plan's TLS could be set up, as it is when the plan is provisioned: certificates, keys,
/// authorities and lists of ciphers are read, and nothing is opened or kept.
public final class TlsTrial {
    private TlsTrial() {}

    /// @param problems what keeps the plan from running is added, once for each place
    public static void of(Plan plan, Problems problems) {
        Problems found = new Problems();
        plan.tlsServers()
                .filter(server -> server.identities().stream()
                        .noneMatch(identity -> identity.certificate().contains("$")))
                .distinct()
                .forEach(server -> HostTls.compile(server, List.of(), found, new LiveCertificates()));
        Passage.of(plan).stream()
                .flatMap(passage -> passage.tls().stream())
                .distinct()
                .forEach(client -> TlsClientContexts.compile(client, found));
        found.all().forEach(problems::addOnce);
    }
}
