package dev.fairlead.cli.lint;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.pem.Certificates;
import dev.fairlead.pem.Pem;
import dev.fairlead.pem.PrivateKeys;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Certificates as they are on disk today.
final class CertificateLint {
    static final String UNREADABLE = "lint.certificate-unreadable";
    static final String EXPIRY = "lint.certificate-expiry";
    static final String MISMATCH = "lint.certificate-key";
    static final String SHORT = "lint.short-key";

    private static final Duration SOON = Duration.ofDays(14);

    private final Instant now;
    private final Problems problems;
    private final Set<String> seen = new HashSet<>();

    CertificateLint(long nowMillis, Problems problems) {
        this.now = Instant.ofEpochMilli(nowMillis);
        this.problems = problems;
    }

    void look(Plan plan) {
        Stream<TlsServer> http = plan.http().listeners().stream()
                .filter(HttpListener::tls)
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(host -> host.tls().stream());
        Stream<TlsServer> stream = plan.stream().listeners().stream()
                .filter(StreamListener::tls)
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(host -> host.tls().stream());
        Stream.concat(http, stream)
                .flatMap(server -> server.identities().stream())
                .filter(identity -> seen.add(identity.certificate() + "\0" + identity.key()))
                .forEach(this::look);
    }

    private void look(TlsIdentity identity) {
        boolean hasVariables =
                identity.certificate().contains("$") || identity.certificate().startsWith("data:");
        if (hasVariables) {
            return;
        }
        List<X509Certificate> chain;
        try {
            chain = Certificates.read(identity.certificate());
        } catch (IOException | GeneralSecurityException unreadable) {
            problems.warning(
                    UNREADABLE, identity.origin(), unreadable(identity.certificate(), unreadable), cert(identity));
            return;
        }
        if (chain.isEmpty()) {
            problems.warning(
                    UNREADABLE, identity.origin(), identity.certificate() + " holds no certificate", cert(identity));
            return;
        }
        expiry(identity, chain.getFirst());
        length(identity, chain.getFirst());
        key(identity, chain.getFirst());
    }

    private void expiry(TlsIdentity identity, X509Certificate certificate) {
        Instant until = certificate.getNotAfter().toInstant();
        if (until.isBefore(now)) {
            problems.warning(
                    EXPIRY,
                    identity.origin(),
                    "the certificate expired on " + until + ": clients refuse it",
                    "get a new one; for a test, fairlead cert makes one");
        } else if (until.isBefore(now.plus(SOON))) {
            problems.warning(
                    EXPIRY,
                    identity.origin(),
                    "the certificate expires in " + Duration.between(now, until).toDays() + " days, on " + until,
                    "see to it that it is renewed");
        }
    }

    private void length(TlsIdentity identity, X509Certificate certificate) {
        int bits = Certificates.bits(certificate.getPublicKey());
        if (certificate.getPublicKey().getAlgorithm().equals("RSA") && bits < Certificates.SHORTEST_RSA) {
            problems.warning(
                    SHORT,
                    identity.origin(),
                    "the certificate's key has " + bits + " bits: clients refuse RSA keys under "
                            + Certificates.SHORTEST_RSA,
                    cert(identity));
        }
    }

    private void key(TlsIdentity identity, X509Certificate certificate) {
        if (!identity.passwordFiles().isEmpty()) {
            return;
        }
        try {
            Optional<Pem.Block> block = Pem.read(identity.key()).stream()
                    .filter(Pem.Block::isPrivateKey)
                    .findFirst();
            if (block.isEmpty()) {
                problems.warning(
                        UNREADABLE, identity.origin(), identity.key() + " holds no private key", cert(identity));
                return;
            }
            PrivateKey key = PrivateKeys.read(block.get(), List.of());
            if (!Certificates.match(key, certificate.getPublicKey())) {
                problems.warning(
                        MISMATCH,
                        identity.origin(),
                        "the key in " + identity.key() + " is not that of the certificate",
                        "fairlead cert --show tells what each file holds");
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            problems.warning(UNREADABLE, identity.origin(), unreadable(identity.key(), unreadable), cert(identity));
        }
    }

    private static String unreadable(String path, Exception failure) {
        String reason = failure instanceof NoSuchFileException ? "there is no such file" : failure.getMessage();
        return path + " cannot be used: " + reason;
    }

    private static String cert(TlsIdentity identity) {
        return "fairlead cert NAME --output " + identity.certificate() + " makes a self-signed one with its key";
    }
}
