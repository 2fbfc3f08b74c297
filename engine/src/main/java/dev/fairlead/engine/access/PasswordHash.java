package dev.fairlead.engine.access;

import dev.fairlead.os.Crypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Compares passwords with the hashes of password files: `{PLAIN}`, `{SHA}`, `{SSHA}` and `$apr1$` here, every
/// other kind by the system's crypt(3).
final class PasswordHash {
    static final String PLAIN = "{PLAIN}";
    private static final String SHA = "{SHA}";
    private static final String SALTED_SHA = "{SSHA}";
    private static final String APR = "$apr1$";

    private PasswordHash() {}

    /// Whether checking takes so long that an event loop should not do it.
    static boolean isSlow(String hash) {
        return !hash.startsWith(PLAIN) && !hash.startsWith(SHA) && !hash.startsWith(SALTED_SHA);
    }

    static Outcome check(String password, String hash) {
        if (hash.startsWith(PLAIN)) {
            return outcome(same(password, hash.substring(PLAIN.length())));
        }
        if (hash.startsWith(SALTED_SHA)) {
            return checkSha(password, hash.substring(SALTED_SHA.length()));
        }
        if (hash.startsWith(SHA)) {
            return checkSha(password, hash.substring(SHA.length()));
        }
        if (hash.startsWith(APR)) {
            return outcome(same(AprMd5.hash(password, hash), hash));
        }
        return Crypt.hash(password, hash)
                .map(computed -> outcome(same(computed, hash)))
                .orElse(Outcome.UNSUPPORTED);
    }

    /// What follows the 20 bytes of the hash is the salt.
    private static Outcome checkSha(String password, String encoded) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException notBase64) {
            return Outcome.DIFFERS;
        }
        if (decoded.length < 20) {
            return Outcome.DIFFERS;
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(password.getBytes(StandardCharsets.ISO_8859_1));
            sha.update(decoded, 20, decoded.length - 20);
            return outcome(MessageDigest.isEqual(sha.digest(), Arrays.copyOf(decoded, 20)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// In a time that does not tell where they differ.
    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.ISO_8859_1), b.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Outcome outcome(boolean isSame) {
        return isSame ? Outcome.MATCHES : Outcome.DIFFERS;
    }

    enum Outcome {
        MATCHES,
        DIFFERS,
        /// Nothing here knows the kind of hash.
        UNSUPPORTED
    }
}
