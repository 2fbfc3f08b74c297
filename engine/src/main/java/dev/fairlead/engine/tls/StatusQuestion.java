package dev.fairlead.engine.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The question whether a certificate is still good, as OCSP puts it (RFC 6960, 4.1).
final class StatusQuestion {
    private static final HexFormat HEX = HexFormat.of();
    /// SHA-1, which here only tells one authority from another: what every responder knows.
    private static final byte[] ALGORITHM = HEX.parseHex("300906052b0e03021a0500");

    private static final byte[] NONCE = HEX.parseHex("06092b0601050507300102");
    private static final int NONCE_SIZE = 16;
    private static final int EXPLICIT_0 = 0xa0;
    private static final int EXPLICIT_1 = 0xa1;
    private static final int EXPLICIT_2 = 0xa2;
    private static final int INTEGER = 0x02;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] id;
    private final Optional<byte[]> nonce;

    private StatusQuestion(byte[] id, Optional<byte[]> nonce) {
        this.id = id;
        this.nonce = nonce;
    }

    static StatusQuestion about(X509Certificate certificate, X509Certificate issuer, boolean hasNonce)
            throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        byte[] name = digest.digest(certificate.getIssuerX500Principal().getEncoded());
        byte[] bits = Der.read(issuer.getPublicKey().getEncoded()).part(1).content();
        // The first of a bit string's bytes counts the bits that are left over.
        byte[] key = digest.digest(Arrays.copyOfRange(bits, 1, bits.length));
        byte[] id = Der.sequence(
                ALGORITHM,
                Der.of(Der.OCTETS, name),
                Der.of(Der.OCTETS, key),
                Der.of(INTEGER, certificate.getSerialNumber().toByteArray()));
        return new StatusQuestion(id, hasNonce ? Optional.of(nonce()) : Optional.empty());
    }

    private static byte[] nonce() {
        byte[] random = new byte[NONCE_SIZE];
        RANDOM.nextBytes(random);
        return Der.of(Der.OCTETS, random);
    }

    byte[] encoded() {
        byte[] questions = Der.sequence(Der.sequence(id));
        byte[] extensions = nonce.map(value ->
                        Der.of(EXPLICIT_2, Der.sequence(Der.sequence(NONCE, Der.of(Der.OCTETS, value)))))
                .orElse(new byte[0]);
        return Der.sequence(Der.sequence(questions, extensions));
    }

    /// @throws CertificateException if the answer was made for another question, or before this was asked
    void checkFreshness(byte[] answer) throws CertificateException {
        if (nonce.isPresent() && !Arrays.equals(nonce.get(), nonceOf(answer))) {
            throw new CertificateException("the answer lacks the nonce of the question");
        }
    }

    /// Empty if there is none. It stands in what is signed (RFC 6960, 4.2.1).
    private static byte[] nonceOf(byte[] answer) throws CertificateException {
        Der whole = Der.read(answer);
        Der basic = Der.read(whole.part(1).part(0).part(1).content());
        List<Der> signed = basic.part(0).parts();
        Der last = signed.getLast();
        if (last.tag() != EXPLICIT_1 || signed.size() < 4) {
            return new byte[0];
        }
        byte[] name = Der.read(NONCE).content();
        for (Der extension : last.part(0).parts()) {
            if (Arrays.equals(extension.part(0).content(), name)) {
                return extension.parts().getLast().content();
            }
        }
        return new byte[0];
    }

    /// An answer that tells of a failure, or of none.
    static boolean isAnswered(byte[] answer) throws CertificateException {
        Der whole = Der.read(answer);
        return whole.parts().size() == 2 && whole.part(1).tag() == EXPLICIT_0;
    }
}
