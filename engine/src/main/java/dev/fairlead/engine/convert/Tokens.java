package dev.fairlead.engine.convert;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Looks into JSON Web Tokens of the compact form (RFC 7515) and says whether they are signed, in HAProxy's
/// numbers. What a token claims is not judged. Safe for use by several threads.
public final class Tokens {
    private static final int GOOD = 1;
    private static final int BAD = 0;
    private static final int UNKNOWN_ALGORITHM = -1;
    private static final int NOT_DONE = -2;
    private static final int NO_TOKEN = -3;
    private static final int UNKNOWN_KEY = -5;
    private static final int PARTS = 3;
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private final Optional<PublicKey> publicKey;
    private final boolean mayBeNone;

    /// @param pem the public key, if tokens are signed with a private one
    /// @param mayBeNone whether tokens without a signature are good where the algorithm is `none`
    public Tokens(Optional<String> pem, boolean mayBeNone) throws GeneralSecurityException {
        this.publicKey = pem.isPresent() ? Optional.of(read(pem.get())) : Optional.empty();
        this.mayBeNone = mayBeNone;
    }

    /// @param number from 1
    /// @return null if there is no such part, or it is not the URL's Base64
    public static @Nullable String part(int number, String token) {
        String[] parts = token.split("\\.", -1);
        if (number > parts.length) {
            return null;
        }
        byte[] decoded = decoded(parts[number - 1]);
        return decoded.length == 0 ? null : Plainly.text(decoded);
    }

    /// @param secret for algorithms that have one
    public int verdict(String token, String algorithm, String secret) {
        if (!isKnown(algorithm)) {
            return UNKNOWN_ALGORITHM;
        }
        String[] parts = token.split("\\.", -1);
        boolean isNone = algorithm.equals("none");
        if (parts.length != PARTS && !(isNone && parts.length == PARTS - 1)) {
            return NO_TOKEN;
        }
        if (isNone) {
            return mayBeNone && (parts.length < PARTS || parts[PARTS - 1].isEmpty()) ? GOOD : BAD;
        }
        byte[] signature = decoded(parts[PARTS - 1]);
        if (signature.length == 0) {
            return NO_TOKEN;
        }
        byte[] signed = Plainly.bytes(parts[0] + "." + parts[1]);
        String bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "HS" -> hasSecret(signed, signature, "HmacSHA" + bits, secret) ? GOOD : BAD;
            case "RS" -> verdict(signed, signature, "SHA" + bits + "withRSA", "RSA");
            case "ES" ->
                signature.length == lengthOfCurve(bits)
                        ? verdict(signed, signature, "SHA" + bits + "withECDSAinP1363Format", "EC")
                        : NO_TOKEN;
            default -> NOT_DONE;
        };
    }

    /// Two numbers of the curve that goes with a digest (RFC 7518, section 3.4).
    private static int lengthOfCurve(String bits) {
        return switch (bits) {
            case "256" -> 2 * 32;
            case "384" -> 2 * 48;
            default -> 2 * 66;
        };
    }

    private static boolean isKnown(String algorithm) {
        return algorithm.equals("none")
                || (algorithm.length() == 5
                        && List.of("HS", "RS", "ES", "PS").contains(algorithm.substring(0, 2))
                        && List.of("256", "384", "512").contains(algorithm.substring(2)));
    }

    /// Where tokens are signed with a private key, the name of the public key's file is no secret.
    private boolean hasSecret(byte[] signed, byte[] signature, String algorithm, String secret) {
        if (publicKey.isPresent() || secret.isEmpty()) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(Plainly.bytes(secret), algorithm));
            return MessageDigest.isEqual(mac.doFinal(signed), signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private int verdict(byte[] signed, byte[] signature, String algorithm, String family) {
        if (publicKey.isEmpty()) {
            return UNKNOWN_KEY;
        }
        PublicKey key = publicKey.get();
        if (!key.getAlgorithm().equals(family)) {
            return BAD;
        }
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature) ? GOOD : BAD;
        } catch (SignatureException | InvalidKeyException unsound) {
            return BAD;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @return nothing where it is not the URL's Base64
    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(Plainly.bytes(part));
        } catch (IllegalArgumentException unsound) {
            return new byte[0];
        }
    }

    private static PublicKey read(String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new InvalidKeyException("there is no line " + BEGIN);
        }
        X509EncodedKeySpec key;
        try {
            key = new X509EncodedKeySpec(
                    Base64.getMimeDecoder().decode(Plainly.bytes(pem.substring(begin + BEGIN.length(), end))));
        } catch (IllegalArgumentException unsound) {
            throw new InvalidKeyException("that is not Base64", unsound);
        }
        try {
            return KeyFactory.getInstance("RSA").generatePublic(key);
        } catch (GeneralSecurityException noRsa) {
            return KeyFactory.getInstance("EC").generatePublic(key);
        }
    }
}
