package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.Ciphers;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.PeerChecks;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.tls.TlsVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// TLS of listeners and servers.
final class Tls {
    private static final Map<String, TlsVersion> NEXT = Map.of(
            "sslv2", TlsVersion.SSL_3,
            "sslv3", TlsVersion.TLS_1_0,
            "tlsv1", TlsVersion.TLS_1_1,
            "tlsv1_1", TlsVersion.TLS_1_2,
            "tlsv1_2", TlsVersion.TLS_1_3);
    private static final int CACHED_SESSIONS = 20_000;
    private static final Duration SESSION_LIFE = Duration.ofMinutes(5);
    private static final int DEPTH = 9;
    private static final int NO_CHECK = 3;

    private final Reading reading;
    private final Optional<String> curve;

    Tls(Reading reading, Optional<String> curve) {
        this.reading = reading;
        this.curve = curve;
    }

    /// The certificates of a listener in their order.
    List<TlsIdentity> identities(Statement listener) {
        List<TlsIdentity> identities = new ArrayList<>();
        for (Statement cert : listener.each("Cert")) {
            String path = reading.path(cert.text(0));
            List<String> names = reading.options().files().names(Path.of(path)).stream()
                    .filter(name -> !name.startsWith("."))
                    .toList();
            List<String> files = names.isEmpty()
                    ? List.of(path)
                    : names.stream().map(name -> path + "/" + name).toList();
            files.forEach(file -> identities.add(
                    new TlsIdentity(file, file, List.of(), cert.arg(0).span())));
        }
        if (identities.isEmpty()) {
            reading.problems()
                    .error(
                            "pound.no-certificate",
                            listener.origin(),
                            "\"ListenHTTPS\" without \"Cert\"",
                            "name a file that holds certificate and key: Cert \"/etc/pound/site.pem\"");
        }
        return identities;
    }

    TlsServer server(Statement listener, TlsIdentity identity) {
        return new TlsServer(
                List.of(identity),
                versions(listener),
                ciphers(listener),
                curve.map(List::of).orElse(List.of()),
                CACHED_SESSIONS,
                SESSION_LIFE,
                true,
                List.of(),
                clientAuth(listener),
                false,
                identity.origin());
    }

    private Optional<ClientAuth> clientAuth(Statement listener) {
        Optional<Statement> asked = listener.last("ClientCert");
        int how = asked.flatMap(statement -> reading.number(statement, 0, 0, NO_CHECK))
                .orElse(0);
        int depth = asked.flatMap(statement -> reading.number(statement, 1, 0, DEPTH))
                .orElse(DEPTH);
        if (asked.isEmpty() || how == 0) {
            return Optional.empty();
        }
        Optional<String> announced = file(listener, "CAlist");
        Optional<String> checked = file(listener, "VerifyList");
        if (how != NO_CHECK && announced.isEmpty() && checked.isEmpty()) {
            reading.problems()
                    .error(
                            "pound.no-ca",
                            asked.get().origin(),
                            "\"ClientCert\" needs a \"VerifyList\" to check certificates against",
                            "name a file with authorities: VerifyList \"/etc/pound/ca.pem\"");
        }
        ClientAuth.Mode mode = switch (how) {
            case 1 -> ClientAuth.Mode.OPTIONAL;
            case 2 -> ClientAuth.Mode.REQUIRED;
            default -> ClientAuth.Mode.OPTIONAL_UNVERIFIED;
        };
        return Optional.of(new ClientAuth(
                mode,
                announced.or(() -> checked),
                announced.isPresent() ? checked : Optional.empty(),
                file(listener, "CRLlist"),
                Math.max(1, depth),
                true,
                PeerChecks.CHAIN,
                asked.get().origin()));
    }

    private Optional<String> file(Statement around, String name) {
        return around.last(name).map(statement -> reading.path(statement.text(0)));
    }

    /// How TLS is spoken to a server, if it is. Its certificate is not checked, as with Pound.
    Optional<TlsClient> client(Statement backend) {
        return backend.last("HTTPS").map(https -> {
            Optional<Statement> cert = backend.last("Cert")
                    .or(() -> Optional.of(https).filter(word -> !word.args().isEmpty()));
            Optional<Statement> name = backend.last("ServerName");
            return new TlsClient(
                    versions(backend),
                    ciphers(backend),
                    cert.map(statement -> {
                        String path = reading.path(statement.text(0));
                        return new TlsIdentity(path, path, List.of(), statement.origin());
                    }),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    DEPTH,
                    name.map(statement -> Template.constant(statement.text(0), statement.origin())),
                    name.isPresent(),
                    https.origin());
        });
    }

    /// A listener has one context for each certificate, and one list for all of them.
    private Optional<String> ciphers(Statement around) {
        Optional<Word> list = around.last("Ciphers")
                .filter(ciphers -> !ciphers.args().isEmpty())
                .map(ciphers -> ciphers.arg(0));
        list.ifPresent(word -> Ciphers.look(
                word.text(),
                word.span(),
                "pound.ciphers",
                "SSL_CTX_set_cipher_list failed: no cipher match for \"" + word.text() + "\"",
                reading.problems()));
        return list.map(Word::text);
    }

    private Set<TlsVersion> versions(Statement around) {
        EnumSet<TlsVersion> versions = EnumSet.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
        for (Statement disable : around.each("Disable")) {
            TlsVersion least = NEXT.get(disable.text(0).toLowerCase(Locale.ROOT));
            if (least == null) {
                reading.problems()
                        .error(
                                "pound.protocol",
                                disable.arg(0).span(),
                                "unrecognized protocol name \"" + disable.text(0) + "\"",
                                "one of SSLv2, SSLv3, TLSv1, TLSv1_1, TLSv1_2");
            } else {
                versions.removeIf(version -> version.compareTo(least) < 0);
            }
        }
        return Set.copyOf(versions);
    }
}
