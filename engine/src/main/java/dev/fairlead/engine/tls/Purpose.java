package dev.fairlead.engine.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/// What the other side of a connection is, and whether its certificate may be used for that. As OpenSSL sees it:
/// what a certificate says about its use counts, and so does what its authorities say; what it does not say is allowed.
enum Purpose {
    CLIENT(List.of("1.3.6.1.5.5.7.3.2"), new int[] {0, 4}),
    /// The second name is that of an old way to allow strong ciphers.
    SERVER(List.of("1.3.6.1.5.5.7.3.1", "2.16.840.1.113730.4.1"), new int[] {0, 2, 4});

    /// Number of OpenSSL's verification error.
    private static final int UNSUITABLE = 26;

    private final List<String> uses;
    private final int[] keyUses;

    /// @param keyUses bits of the extension keyUsage, one of which is needed
    Purpose(List<String> uses, int[] keyUses) {
        this.uses = uses;
        this.keyUses = keyUses;
    }

    /// @param path from the certificate to the authority
    void check(List<X509Certificate> path) throws CertificateException {
        boolean isGood = allowsKey(path.getFirst().getKeyUsage());
        for (X509Certificate each : path) {
            isGood = isGood && allows(each);
        }
        if (!isGood) {
            throw new OpenSslCertificateException("unsuitable certificate purpose", UNSUITABLE);
        }
    }

    private boolean allows(X509Certificate certificate) throws CertificateParsingException {
        List<String> said = certificate.getExtendedKeyUsage();
        return said == null || said.stream().anyMatch(uses::contains);
    }

    private boolean allowsKey(boolean[] said) {
        boolean isAllowed = said == null;
        for (int use : keyUses) {
            isAllowed = isAllowed || said[use];
        }
        return isAllowed;
    }
}
