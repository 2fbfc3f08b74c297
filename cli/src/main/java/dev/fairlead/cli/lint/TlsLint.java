package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Passage;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How TLS is spoken on either side.
final class TlsLint {
    static final String OLD = "lint.old-protocols";
    static final String UNVERIFIED = "lint.unverified-server";

    private final Problems problems;
    private final Once old = new Once();
    private final Once unverified = new Once();

    TlsLint(Problems problems) {
        this.problems = problems;
    }

    void look(Plan plan) {
        plan.tlsServers().forEach(server -> versions(server.versions(), server.origin(), "clients"));
        for (Passage passage : Passage.of(plan)) {
            passage.tls().ifPresent(client -> {
                versions(client.versions(), client.origin(), "the other server");
                identity(client, passage);
            });
        }
    }

    private void versions(Set<TlsVersion> offered, Span origin, String whom) {
        String broken = offered.stream()
                .filter(version -> version.compareTo(TlsVersion.TLS_1_2) < 0)
                .sorted()
                .map(TlsVersion::text)
                .collect(Collectors.joining(", "));
        // nginx 1.22 offers TLS 1.0 without being asked to; its own rule speaks of what is written.
        if (!broken.isEmpty() && !FileKind.of(origin.file()).isNginx() && old.isNew(origin)) {
            problems.warning(
                    OLD,
                    origin,
                    broken + " can be broken, and " + whom + " may still choose "
                            + (broken.contains(",") ? "them" : "it"),
                    "no current client needs less than TLS 1.2: " + newest(FileKind.of(origin.file())));
        }
    }

    private void identity(TlsClient client, Passage passage) {
        boolean isElsewhere = passage.to() instanceof Address.Tcp tcp && !PortLint.isHere(tcp);
        boolean vouched = client.verify()
                && (client.checkName()
                        || !names(client).isEmpty()
                        || client.checks().pinned());
        if (isElsewhere && !vouched && unverified.isNew(client.origin())) {
            problems.add(Diagnostic.warning(
                            UNVERIFIED,
                            client.origin(),
                            "whoever answers at " + passage.to().text() + " is believed: "
                                    + (client.verify()
                                            ? "any name in the certificate will do"
                                            : "the certificate is not checked"))
                    .hint(verification(FileKind.of(client.origin().file()))));
        }
    }

    private static String newest(FileKind kind) {
        return switch (kind) {
            case NGINX_MAIN, NGINX_SITE, NGINX_SNIPPET -> "ssl_protocols TLSv1.2 TLSv1.3;";
            case HAPROXY -> "ssl-min-ver TLSv1.2";
            case STUNNEL -> "sslVersionMin = TLSv1.2, and no sslVersion";
            case POUND -> "Disable TLSv1_1";
            case SYSTEMD_UNIT, SYSTEMD_OTHER, UPSTART, UNKNOWN -> "allow nothing older";
        };
    }

    private static String verification(FileKind kind) {
        String authorities = "/etc/ssl/certs/ca-certificates.crt";
        return switch (kind) {
            case NGINX_MAIN, NGINX_SITE, NGINX_SNIPPET ->
                "proxy_ssl_verify on; proxy_ssl_trusted_certificate " + authorities + ";";
            case HAPROXY -> "verify required ca-file " + authorities + " verifyhost NAME";
            case STUNNEL -> "verifyChain = yes, CAfile = " + authorities + ", checkHost = NAME";
            case POUND, SYSTEMD_UNIT, SYSTEMD_OTHER, UPSTART, UNKNOWN ->
                "put a hop in front of it that checks, or use a network that nobody else is in";
        };
    }

    private static Collection<String> names(TlsClient client) {
        return Stream.of(
                        client.checks().hosts(),
                        client.checks().addresses(),
                        client.checks().emails())
                .flatMap(Collection::stream)
                .toList();
    }
}
