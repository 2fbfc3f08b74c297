package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.PeerChecks;
import io.netty.handler.ssl.OpenSslCertificateException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Says whether the other side's certificate is what was asked for.
final class PeerJudge {
    private final Authorities authorities;
    private final PeerChecks checks;
    private final Purpose purpose;
    private final Optional<StatusInquiry> inquiry;

    PeerJudge(Authorities authorities, PeerChecks checks, Purpose purpose) {
        this.purpose = purpose;
        this.authorities = authorities;
        this.checks = checks;
        this.inquiry = checks.status().map(StatusInquiry::new);
    }

    /// Whether others are asked over the network: then [#verify] takes its time and is not for event loops.
    boolean asksOthers() {
        return inquiry.isPresent();
    }

    X509Certificate[] announced() {
        return authorities.announced();
    }

    /// Throws if the first certificate of the chain is not acceptable.
    void verify(X509Certificate[] chain) throws CertificateException {
        List<X509Certificate> path = verifyAlone(chain);
        if (inquiry.isPresent()) {
            inquiry.get().check(path);
        }
    }

    /// The same without asking others.
    ///
    /// @return the way to the authority, if one has to vouch or others are to be asked; else nothing
    List<X509Certificate> verifyAlone(X509Certificate[] chain) throws CertificateException {
        List<X509Certificate> path = List.of();
        try {
            if (checks.chain() || inquiry.isPresent()) {
                path = authorities.verify(chain, checks.chain());
            }
            if (checks.chain()) {
                purpose.check(path);
            }
            if (checks.pinned() && !authorities.hold(chain[0])) {
                throw new OpenSslCertificateException(
                        "the certificate is not among those trusted", CertificateFault.REJECTED);
            }
        } catch (CertificateException refused) {
            throw refused;
        } catch (GeneralSecurityException refused) {
            throw new OpenSslCertificateException(Identity.reason(refused), refused, number(refused, chain));
        }
        require(checks.hosts().isEmpty() || names(chain[0], checks.hosts()), "hosts");
        require(checks.addresses().isEmpty() || names(chain[0], checks.addresses()), "IP addresses");
        require(
                checks.emails().isEmpty()
                        || checks.emails().stream().anyMatch(email -> CertificateNames.matchesEmail(chain[0], email)),
                "e-mail addresses");
        return path;
    }

    /// OpenSSL's number and words for why a server's chain was refused.
    ServerRefused told(GeneralSecurityException refused, X509Certificate[] chain) {
        int number = CertificateFault.number(refused, chain, authorities);
        return ServerRefused.unverified(number, CertificateFault.words(number, Identity.reason(refused)), refused);
    }

    private static boolean names(X509Certificate certificate, Iterable<String> wanted) {
        for (String name : wanted) {
            if (CertificateNames.matches(certificate, name)) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean holds, String what) throws CertificateException {
        if (!holds) {
            throw new OpenSslCertificateException(
                    "the certificate bears none of the " + what + " asked for", CertificateFault.REJECTED);
        }
    }

    private int number(Throwable refused, X509Certificate[] chain) {
        for (Throwable each = refused; each != null; each = each.getCause()) {
            switch (each) {
                case CertificateExpiredException expired -> {
                    return CertificateFault.EXPIRED;
                }
                case CertificateNotYetValidException early -> {
                    return CertificateFault.NOT_YET_VALID;
                }
                case CertificateRevokedException revoked -> {
                    return CertificateFault.REVOKED;
                }
                case CertPathBuilderException unbuilt
                when unbuilt.getCause() == null -> {
                    return CertificateFault.UNKNOWN_ISSUER;
                }
                default -> {}
            }
        }
        // What the names of the chain lead to is looked at where the library does not tell.
        int number = authorities.error(chain);
        return CertificateFault.isOfTrusted(number) ? number : CertificateFault.UNKNOWN_ISSUER;
    }
}
