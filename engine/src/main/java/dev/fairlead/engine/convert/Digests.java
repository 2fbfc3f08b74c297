package dev.fairlead.engine.convert;

import dev.fairlead.model.text.Conversion.Digest;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Digests of texts, as bytes.
public final class Digests {
    private Digests() {}

    public static String of(Digest digest, String text) {
        try {
            return Plainly.text(MessageDigest.getInstance(name(digest)).digest(Plainly.bytes(text)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Takes as long for texts that are alike as for others.
    public static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(Plainly.bytes(one), Plainly.bytes(other));
    }

    /// @param key in Base64; not empty
    /// @return null if the key is not sound
    public static @Nullable String authenticated(Digest digest, String key, String text) {
        String algorithm = "Hmac" + name(digest).replace("-", "");
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(Plainly.bytes(key)), algorithm));
            return Plainly.text(mac.doFinal(Plainly.bytes(text)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InvalidKeyException | IllegalArgumentException unsound) {
            return null;
        }
    }

    private static String name(Digest digest) {
        return switch (digest) {
            case MD5 -> "MD5";
            case SHA1 -> "SHA-1";
            case SHA224 -> "SHA-224";
            case SHA256 -> "SHA-256";
            case SHA384 -> "SHA-384";
            case SHA512 -> "SHA-512";
        };
    }
}
