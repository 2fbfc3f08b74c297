package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.PeerChecks;
import dev.fairlead.pem.Certificates;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/// Authorities that vouch for certificates, and the lists of what they have revoked. Safe for use by several
/// threads.
final class Authorities {
    private static final Pattern CERTIFICATES = Pattern.compile("[0-9a-f]{8}\\.[0-9]+");
    private static final Pattern LISTS = Pattern.compile("[0-9a-f]{8}\\.r[0-9]+");

    private final List<X509Certificate> announced;
    private final KeyStore trusted;
    private final List<X509Certificate> all;
    private final Optional<List<CRL>> revocations;
    private final int depth;

    private Authorities(
            List<X509Certificate> announced,
            KeyStore trusted,
            List<X509Certificate> all,
            Optional<List<CRL>> revocations,
            int depth) {
        this.announced = announced;
        this.trusted = trusted;
        this.all = all;
        this.revocations = revocations;
        this.depth = depth;
    }

    /// @param depth the longest chain of intermediate authorities, as OpenSSL counts it
    /// @param checks name folders, too
    /// @return empty if something cannot be read, which is then a problem at the origin
    static Optional<Authorities> read(
            Optional<String> announced,
            Optional<String> others,
            Optional<String> revocations,
            int depth,
            PeerChecks checks,
            Span origin,
            Problems problems) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<X509Certificate> shown = new ArrayList<>();
            if (announced.isPresent()) {
                shown.addAll(Certificates.read(announced.get()));
                if (shown.isEmpty()) {
                    throw new CertificateException("it holds no certificate");
                }
            }
            List<X509Certificate> all = new ArrayList<>(shown);
            if (others.isPresent()) {
                all.addAll(Certificates.read(others.get()));
            }
            if (checks.folder().isPresent()) {
                for (Path file : hashed(checks.folder().get(), CERTIFICATES)) {
                    all.addAll(Certificates.read(file.toString()));
                }
            }
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("authority-" + i, all.get(i));
            }
            return Optional.of(
                    new Authorities(List.copyOf(shown), store, List.copyOf(all), lists(revocations, checks), depth));
        } catch (IOException | GeneralSecurityException unreadable) {
            String file = announced
                    .or(() -> others)
                    .or(checks::folder)
                    .or(() -> revocations)
                    .or(checks::revocationFolder)
                    .orElse("");
            problems.error(
                    "tls.authorities",
                    origin.nearest(file),
                    "cannot load authorities \"" + file + "\": " + Identity.reason(unreadable),
                    "a file of certificates, such as Debian's own: /etc/ssl/certs/ca-certificates.crt");
            return Optional.empty();
        }
    }

    /// Empty where none were asked for. Where some were, a certificate whose authority has none is not accepted.
    private static Optional<List<CRL>> lists(Optional<String> file, PeerChecks checks)
            throws IOException, GeneralSecurityException {
        List<CRL> lists = new ArrayList<>();
        if (file.isPresent()) {
            lists.addAll(lists(Path.of(file.get())));
            if (lists.isEmpty()) {
                throw new CRLException("it holds no revocation list");
            }
        }
        if (checks.revocationFolder().isPresent()) {
            for (Path each : hashed(checks.revocationFolder().get(), LISTS)) {
                lists.addAll(lists(each));
            }
        }
        boolean isAsked = file.isPresent() || checks.revocationFolder().isPresent();
        return isAsked ? Optional.of(lists) : Optional.empty();
    }

    private static Collection<? extends CRL> lists(Path file) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    /// The files of a folder as `openssl rehash` leaves it.
    private static List<Path> hashed(String folder, Pattern names) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
            for (Path file : files) {
                if (names.matcher(file.getFileName().toString()).matches()) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /// Whether a certificate is one of them itself.
    boolean hold(X509Certificate certificate) throws GeneralSecurityException {
        return trusted.getCertificateAlias(certificate) != null;
    }

    X509Certificate[] announced() {
        return announced.toArray(X509Certificate[]::new);
    }

    /// Throws if no authority vouches for the chain, whose first certificate is the one in question.
    ///
    /// @param toRoot whether the way has to end at an authority that nobody else vouches for, as OpenSSL wants it:
    ///     the others are then only on the way there
    /// @return the way from that one to the authority, both included
    List<X509Certificate> verify(X509Certificate[] chain, boolean toRoot) throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(chain[0]);
        Set<TrustAnchor> anchors = all.stream()
                .filter(authority -> !toRoot || CertificateFault.isItsOwn(authority))
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            throw new CertPathBuilderException("unable to get local issuer certificate");
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        List<X509Certificate> between = new ArrayList<>(Arrays.asList(chain));
        between.addAll(all);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
        parameters.setMaxPathLength(depth);
        parameters.setRevocationEnabled(revocations.isPresent());
        CertPathBuilder builder = CertPathBuilder.getInstance("PKIX");
        if (revocations.isPresent()) {
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocations.get())));
            PKIXRevocationChecker checker = (PKIXRevocationChecker) builder.getRevocationChecker();
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        List<X509Certificate> path = path((PKIXCertPathBuilderResult) builder.build(parameters));
        // Of an authority itself the library asks no list.
        if (path.size() == 1 && revocations.isPresent() && !isListed(path.getFirst())) {
            throw new CertPathBuilderException("unable to get certificate CRL");
        }
        return path;
    }

    /// What is wrong with a chain that was refused, as OpenSSL numbers it: the way that its names lead may end at
    /// nobody known, or at an authority that is trusted.
    int error(X509Certificate[] chain) {
        List<X509Certificate> way = new ArrayList<>(List.of(chain[0]));
        boolean isTrusted = false;
        while (way.size() < depth + 2 && !CertificateFault.isItsOwn(way.getLast())) {
            X500Principal wanted = way.getLast().getIssuerX500Principal();
            Optional<X509Certificate> known = named(all.stream(), wanted);
            Optional<X509Certificate> next = known.or(() -> named(Arrays.stream(chain), wanted));
            if (next.isEmpty()) {
                break;
            }
            isTrusted = known.isPresent();
            way.add(next.get());
        }
        boolean isLost = !CertificateFault.isItsOwn(way.getLast());
        if (way.size() == 1 && (isLost || !all.contains(chain[0]))) {
            return isLost ? CertificateFault.UNVERIFIED : CertificateFault.SELF_SIGNED;
        }
        if (isLost) {
            return isTrusted ? CertificateFault.UNKNOWN_ISSUER_OF_TRUSTED : CertificateFault.UNKNOWN_ISSUER;
        }
        return all.contains(way.getLast()) ? error(way) : CertificateFault.SELF_SIGNED_ABOVE;
    }

    /// @param way to an authority that is trusted
    private int error(List<X509Certificate> way) {
        if (revocations.isPresent() && !way.stream().allMatch(this::isListed)) {
            return CertificateFault.NO_REVOCATIONS;
        }
        try {
            for (X509Certificate each : way) {
                each.checkValidity();
            }
            return CertificateFault.UNKNOWN_ISSUER;
        } catch (CertificateExpiredException expired) {
            return CertificateFault.EXPIRED;
        } catch (CertificateNotYetValidException early) {
            return CertificateFault.NOT_YET_VALID;
        }
    }

    /// Whether the authority of a certificate says what it has revoked.
    private boolean isListed(X509Certificate certificate) {
        return revocations.orElse(List.of()).stream()
                .anyMatch(list -> list instanceof X509CRL of
                        && of.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()));
    }

    private static Optional<X509Certificate> named(Stream<X509Certificate> among, X500Principal subject) {
        return among.filter(each -> each.getSubjectX500Principal().equals(subject))
                .findFirst();
    }

    private static List<X509Certificate> path(PKIXCertPathBuilderResult built) {
        List<X509Certificate> path = new ArrayList<>();
        for (Certificate each : built.getCertPath().getCertificates()) {
            path.add((X509Certificate) each);
        }
        path.add(built.getTrustAnchor().getTrustedCert());
        return path;
    }
}
