package dev.fairlead.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// X.509 certificates: reading them, and what people ask about them.
public final class Certificates {
    /// In bits; below it, browsers and current TLS libraries refuse RSA keys.
    public static final int SHORTEST_RSA = 2048;

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Certificates() {}

    /// All certificates of a PEM file, in order.
    ///
    /// @throws IOException if the file cannot be read
    /// @throws CertificateException if one of them is malformed
    public static List<X509Certificate> read(String path) throws IOException, CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (Pem.Block block : Pem.read(path)) {
            if (block.isCertificate()) {
                found.add(decode(block));
            }
        }
        return found;
    }

    /// @throws CertificateException if the block holds no certificate
    public static X509Certificate decode(Pem.Block block) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der()));
    }

    /// The host names and addresses it is for (RFC 5280, section 4.2.1.6); clients look at nothing else.
    public static List<String> names(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
        if (names == null) {
            return List.of();
        }
        return names.stream()
                .filter(name -> name.getFirst() instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS))
                .map(name -> String.valueOf(name.getLast()))
                .toList();
    }

    /// The length of a key in bits: of RSA its modulus, of elliptic curves their order; 0 where the kind fixes
    /// it.
    public static int bits(Object key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength();
            case ECKey curve -> curve.getParams().getOrder().bitLength();
            default -> 0;
        };
    }

    /// Whether what the key signs is what the certificate's key approves.
    ///
    /// @throws GeneralSecurityException if one of them cannot be used
    public static boolean match(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        boolean sameKind = key.getAlgorithm().equals(certified.getAlgorithm())
                || (algorithm.equals("EdDSA") && certified.getAlgorithm().startsWith("Ed"));
        if (!sameKind) {
            return false;
        }
        byte[] text = new byte[32];
        new SecureRandom().nextBytes(text);
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(text);
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(certified);
        checking.update(text);
        return checking.verify(signature);
    }
}
