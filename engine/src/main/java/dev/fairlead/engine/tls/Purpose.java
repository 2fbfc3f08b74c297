package dev.fairlead.engine.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the other side of a connection is, and whether its certificate may be used for that. As OpenSSL sees it:
/// what a certificate says about its use counts, and so does what its authorities say; what it does not say is
/// allowed.
enum Purpose {
    CLIENT,
    SERVER;

    private static final int SIGNING = 0;
    private static final int ENCIPHERING_KEYS = 2;
    private static final int AGREEING_ON_KEYS = 4;

    /// @param path from the certificate to the authority
    void check(List<X509Certificate> path) throws CertificateException {
        boolean isGood = allowsKey(path.getFirst().getKeyUsage());
        for (X509Certificate each : path) {
            isGood = isGood && allows(each);
        }
        if (!isGood) {
            throw new OpenSslCertificateException("unsuitable certificate purpose", CertificateFault.UNSUITABLE);
        }
    }

    private boolean allows(X509Certificate certificate) throws CertificateParsingException {
        List<String> said = certificate.getExtendedKeyUsage();
        return said == null || said.stream().anyMatch(this::isMeant);
    }

    /// The last name is that of an old way to allow strong ciphers.
    private boolean isMeant(String use) {
        return switch (this) {
            case CLIENT -> use.equals("1.3.6.1.5.5.7.3.2");
            case SERVER -> use.equals("1.3.6.1.5.5.7.3.1") || use.equals("2.16.840.1.113730.4.1");
        };
    }

    private boolean allowsKey(boolean @Nullable [] said) {
        return said == null || said[SIGNING] || said[AGREEING_ON_KEYS] || (this == SERVER && said[ENCIPHERING_KEYS]);
    }
}
