package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Ciphers;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.OnlineStatus;
import dev.fairlead.model.tls.PeerChecks;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.model.tls.TlsVersion;
import dev.fairlead.source.Span;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Makes TLS on either side of what sections say.
final class TlsBuilder {
    private static final int DEEPEST = 100;
    private static final Set<String> CURVES = Set.of(
            "x25519", "p-256", "prime256v1", "secp256r1", "p-384", "secp384r1", "p-521", "secp521r1", "x25519mlkem768");

    private static final List<String> SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private final Reading reading;

    TlsBuilder(Reading reading) {
        this.reading = reading;
    }

    /// Empty where the certificate is missing, which is then a problem.
    Optional<TlsServer> server(Service service) {
        if (service.cert.isEmpty() && service.isFaulty) {
            return Optional.empty();
        }
        if (service.cert.isEmpty()) {
            reading.problems()
                    .error(
                            "stunnel.certificate",
                            service.span,
                            "Service [" + service.name + "]: TLS server needs a certificate",
                            "cert = FILE.pem; fairlead cert makes one");
            return Optional.empty();
        }
        checkSubject(service);
        boolean resumes = service.resumes && !isStatusOfRedirected(service);
        TlsIdentity identity = identity(service, service.cert.get());
        return Optional.of(new TlsServer(
                List.of(identity),
                versions(service),
                ciphers(service),
                curves(service),
                resumes ? service.sessions : 0,
                service.sessionTimeout,
                resumes && service.tickets,
                List.of(),
                service.asksForCert ? Optional.of(clientAuth(service)) : Optional.empty(),
                false,
                identity.origin()));
    }

    private TlsIdentity identity(Service service, Given<String> cert) {
        String chain = reading.path(cert.value());
        String key = service.key.map(given -> reading.path(given.value())).orElse(chain);
        return new TlsIdentity(chain, key, List.of(), cert.span());
    }

    private ClientAuth clientAuth(Service service) {
        checkAuthorities(service);
        boolean verifies = verifies(service);
        ClientAuth.Mode mode = service.requireCert
                ? ClientAuth.Mode.REQUIRED
                : verifies ? ClientAuth.Mode.OPTIONAL : ClientAuth.Mode.OPTIONAL_UNVERIFIED;
        return new ClientAuth(
                mode,
                path(service.authorities),
                Optional.empty(),
                path(service.revocations),
                DEEPEST,
                service.redirect.isEmpty(),
                checks(service),
                origin(service));
    }

    TlsClient client(Service service, String host) {
        checkSubject(service);
        boolean verifies = verifies(service);
        if (verifies) {
            checkAuthorities(service);
        }
        String name = service.names.isEmpty() ? host : service.names.getLast().value();
        return new TlsClient(
                versions(service),
                ciphers(service),
                service.cert.map(cert -> identity(service, cert)),
                path(service.authorities),
                path(service.revocations),
                verifies,
                DEEPEST,
                name.isEmpty() ? Optional.empty() : Optional.of(Template.constant(name, service.span)),
                !name.isEmpty(),
                false,
                checks(service),
                curves(service),
                List.of(),
                origin(service));
    }

    /// What is asked of a certificate is asked only where it is verified.
    private void checkSubject(Service service) {
        boolean asks = !service.hosts.isEmpty() || !service.emails.isEmpty() || !service.addresses.isEmpty();
        if (asks && !verifies(service)) {
            reading.problems()
                    .error(
                            "stunnel.verify",
                            service.span,
                            "Service [" + service.name
                                    + "]: Either \"verifyChain\" or \"verifyPeer\" has to be enabled",
                            "checkHost, checkEmail and checkIP say nothing of a certificate that nobody vouches for");
        }
    }

    private static boolean verifies(Service service) {
        return isSet(service.verifyChain) || isSet(service.verifyPeer);
    }

    private static boolean isSet(Optional<Given<Boolean>> flag) {
        return flag.map(Given::value).orElse(false);
    }

    private static Span origin(Service service) {
        return service.verifyChain.or(() -> service.verifyPeer).map(Given::span).orElse(service.span);
    }

    private PeerChecks checks(Service service) {
        return new PeerChecks(
                isSet(service.verifyChain),
                isSet(service.verifyPeer),
                service.hosts,
                service.emails,
                service.addresses,
                path(service.authorityFolder).map(this::inRoot),
                path(service.revocationFolder).map(this::inRoot),
                status(service));
    }

    /// Nobody is asked about certificates that are not verified.
    private Optional<OnlineStatus> status(Service service) {
        Optional<Span> asked = service.responder.map(Given::span).or(() -> service.namedResponders.map(Given::span));
        boolean named = isSet(service.namedResponders);
        if (asked.isEmpty() || (service.responder.isEmpty() && !named)) {
            return Optional.empty();
        }
        if (!verifies(service)) {
            reading.problems()
                    .warning(
                            "stunnel.verify",
                            asked.get(),
                            "Service [" + service.name + "]: certificates are not verified, so nobody is asked by OCSP",
                            "verifyChain = yes, with CAfile or CApath");
            return Optional.empty();
        }
        return Optional.of(new OnlineStatus(
                service.responder.map(Given::value),
                named,
                service.statusNonce,
                service.statusRequired,
                Collections.min(List.of(service.statusPatience, service.busy))));
    }

    /// A session tells nothing of what its client's certificate was found to be.
    private static boolean isStatusOfRedirected(Service service) {
        return service.redirect.isPresent() && (service.responder.isPresent() || isSet(service.namedResponders));
    }

    private Optional<String> path(Optional<Given<String>> given) {
        return given.map(file -> reading.path(file.value()));
    }

    /// Folders of certificates are looked for where the program's root would be.
    private String inRoot(String folder) {
        return reading.global()
                .chroot
                .map(root -> reading.path(root.value()) + folder)
                .orElse(folder);
    }

    private void checkAuthorities(Service service) {
        if (verifies(service) && service.authorities.isEmpty() && service.authorityFolder.isEmpty()) {
            reading.problems()
                    .error(
                            "stunnel.authorities",
                            origin(service),
                            "Service [" + service.name
                                    + "]: Either \"CAengine\", \"CAfile\" or \"CApath\" has to be configured",
                            "CAfile = /etc/ssl/certs/ca-certificates.crt trusts the usual authorities");
        }
    }

    private Set<TlsVersion> versions(Service service) {
        Set<TlsVersion> versions = service.versions();
        Span at = service.versionsAt.orElse(service.span);
        if (versions.isEmpty() && isNew("stunnel.version", at)) {
            reading.problems()
                    .error(
                            "stunnel.version",
                            at,
                            "Service [" + service.name + "]: no TLS version is left",
                            "sslVersionMin, sslVersionMax and options = NO_... together exclude all");
        }
        checkSuites(service, versions);
        return versions;
    }

    /// What holds for several services is said once.
    private boolean isNew(String rule, Span at) {
        return reading.problems().all().stream()
                .noneMatch(one ->
                        one.rule().equals(rule) && one.span().fileAndLine().equals(at.fileAndLine()));
    }

    /// The TLS library has no choice among the ciphers of TLS 1.3.
    private void checkSuites(Service service, Set<TlsVersion> versions) {
        service.suites
                .filter(given -> versions.contains(TlsVersion.TLS_1_3))
                .filter(given -> !List.of(given.value().split(":", -1)).containsAll(SUITES))
                .ifPresent(given -> reading.problems()
                        .error(
                                "stunnel.unsupported",
                                given.span(),
                                "Service [" + service.name + "]: some of the ciphers of TLS 1.3 cannot be left out",
                                "ciphersuites = " + String.join(":", SUITES)
                                        + ", or sslVersionMax = TLSv1.2 with ciphers"));
    }

    private Optional<String> ciphers(Service service) {
        service.ciphers.ifPresent(given -> Ciphers.look(
                given.value(),
                given.span(),
                "stunnel.ciphers",
                "Service [" + service.name + "]: SSL_CTX_set_cipher_list: no cipher match",
                reading.problems()));
        return service.ciphers.map(Given::value);
    }

    private List<String> curves(Service service) {
        List<String> known = service.curves.stream()
                .filter(curve -> CURVES.contains(curve.toLowerCase(Locale.ROOT)))
                .toList();
        if (known.isEmpty()) {
            reading.problems()
                    .error(
                            "stunnel.curves",
                            service.span,
                            "Service [" + service.name + "]: none of its curves is in the TLS library",
                            "X25519, P-256, P-384 and P-521 are");
        } else if (known.size() < service.curves.size()) {
            reading.problems()
                    .warning(
                            "stunnel.curves",
                            service.span,
                            "Service [" + service.name + "]: some of its curves are not in the TLS library",
                            "X25519, P-256, P-384 and P-521 are");
        }
        return known;
    }
}
