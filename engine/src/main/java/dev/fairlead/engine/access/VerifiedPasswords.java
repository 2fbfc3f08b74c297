package dev.fairlead.engine.access;

import dev.fairlead.time.Clock;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Passwords that were found right a short while ago, so that a browser that sends its own with each request is
/// not checked at full cost each time. Each event loop has its own; what is kept is a digest with a random key,
/// never the password.
final class VerifiedPasswords {
    private static final long TRUSTED_NANOS = 60_000_000_000L;
    private static final int MOST = 1000;

    private final byte[] key = new byte[32];
    private final FastThreadLocal<Map<String, Long>> ofLoop = new FastThreadLocal<>() {
        @Override
        protected Map<String, Long> initialValue() {
            return new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MOST;
                }
            };
        }
    };

    VerifiedPasswords() {
        new SecureRandom().nextBytes(key);
    }

    boolean contains(Credentials credentials, String hash, Clock clock) {
        Long until = ofLoop.get().get(digest(credentials, hash));
        return until != null && until - clock.monotonicNanos() > 0;
    }

    void add(Credentials credentials, String hash, Clock clock) {
        ofLoop.get().put(digest(credentials, hash), clock.monotonicNanos() + TRUSTED_NANOS);
    }

    private String digest(Credentials credentials, String hash) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(key);
            sha.update(hash.getBytes(StandardCharsets.ISO_8859_1));
            sha.update((byte) 0);
            sha.update(credentials.password().getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
