package dev.fairlead.engine.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/// OpenSSL's numbers (x509_vfy.h) and words for what is wrong with a certificate, which people compare with and
/// look for in logs.
final class CertificateFault {
    static final int UNKNOWN_ISSUER_OF_TRUSTED = 2;
    static final int NO_REVOCATIONS = 3;
    static final int NOT_YET_VALID = 9;
    static final int EXPIRED = 10;
    static final int SELF_SIGNED = 18;
    static final int SELF_SIGNED_ABOVE = 19;
    static final int UNKNOWN_ISSUER = 20;
    static final int UNVERIFIED = 21;
    static final int REVOKED = 23;
    static final int UNSUITABLE = 26;
    static final int REJECTED = 28;

    private CertificateFault() {}

    /// @param otherwise for what has no number of its own
    static String words(int number, String otherwise) {
        return switch (number) {
            case UNKNOWN_ISSUER_OF_TRUSTED -> "unable to get issuer certificate";
            case NO_REVOCATIONS -> "unable to get certificate CRL";
            case NOT_YET_VALID -> "certificate is not yet valid";
            case EXPIRED -> "certificate has expired";
            case SELF_SIGNED -> "self-signed certificate";
            case SELF_SIGNED_ABOVE -> "self-signed certificate in certificate chain";
            case UNKNOWN_ISSUER -> "unable to get local issuer certificate";
            case UNVERIFIED -> "unable to verify the first certificate";
            case REVOKED -> "certificate revoked";
            case UNSUITABLE -> "unsuitable certificate purpose";
            default -> otherwise;
        };
    }

    /// What a client's chain was refused for.
    static int number(GeneralSecurityException refused, X509Certificate[] chain) {
        int number = refused instanceof OpenSslCertificateException known ? known.errorCode() : REJECTED;
        if (number != UNKNOWN_ISSUER || chain.length > 1) {
            return number;
        }
        return isItsOwn(chain[0]) ? SELF_SIGNED : UNVERIFIED;
    }

    /// What a server's chain was refused for, where it matters how far the way to an authority could be followed.
    static int number(GeneralSecurityException refused, X509Certificate[] chain, Authorities authorities) {
        int number = number(refused, chain);
        boolean isLost = number == UNKNOWN_ISSUER || number == SELF_SIGNED || number == UNVERIFIED;
        return isLost ? authorities.error(chain) : number;
    }

    /// Whether it is wrong although an authority that is trusted vouches for the certificate.
    static boolean isOfTrusted(int number) {
        return number == NO_REVOCATIONS || number == NOT_YET_VALID || number == EXPIRED;
    }

    /// Whether a certificate vouches for itself.
    static boolean isItsOwn(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
