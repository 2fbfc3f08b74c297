package dev.fairlead.cli.lint;

import dev.fairlead.engine.tls.TlsTrial;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.pem.Certificates;
import dev.fairlead.pem.Pem;
import dev.fairlead.pem.PrivateKeys;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
import java.util.stream.Collectors;

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
        plan.tlsServers()
                .flatMap(server -> server.identities().stream())
                .filter(identity -> seen.add(identity.certificate() + "\0" + identity.key()))
                .forEach(this::look);
        trial(plan);
    }

    /// What else keeps TLS from being set up: authorities that are not there, say.
    private void trial(Plan plan) {
        Set<Span> told = problems.all().stream()
                .filter(one -> one.rule().equals(UNREADABLE) || one.rule().equals(MISMATCH))
                .map(Diagnostic::span)
                .collect(Collectors.toSet());
        Problems found = new Problems();
        TlsTrial.of(plan, found);
        found.all().stream().filter(one -> !told.contains(one.span())).forEach(problems::add);
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
            unreadable(identity, identity.certificate(), unreadable);
            return;
        }
        if (chain.isEmpty()) {
            problems.error(
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
                problems.error(
                        UNREADABLE,
                        identity.origin().nearest(identity.key()),
                        identity.key() + " holds no private key",
                        "a file with a PRIVATE KEY block goes here; fairlead cert --show tells what each file holds");
                return;
            }
            PrivateKey key = PrivateKeys.read(block.get(), List.of());
            if (!Certificates.match(key, certificate.getPublicKey())) {
                problems.error(
                        MISMATCH,
                        identity.origin().nearest(identity.key()),
                        "the key in " + identity.key() + " is not that of the certificate",
                        "fairlead cert --show tells what each file holds");
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            unreadable(identity, identity.key(), unreadable);
        }
    }

    /// A file that only others may read is no mistake: the stack may be theirs.
    private void unreadable(TlsIdentity identity, String path, Exception failure) {
        if (failure instanceof AccessDeniedException) {
            problems.warning(
                    UNREADABLE,
                    identity.origin().nearest(path),
                    path + " cannot be used: permission denied",
                    "whoever runs the stack has to be able to read it");
            return;
        }
        String reason = failure instanceof NoSuchFileException ? "there is no such file" : failure.getMessage();
        problems.error(
                UNREADABLE, identity.origin().nearest(path), path + " cannot be used: " + reason, cert(identity));
    }

    private static String cert(TlsIdentity identity) {
        return "fairlead cert NAME --output " + identity.certificate() + " makes a self-signed one with its key";
    }
}
