package dev.fairlead.engine.access;

import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The password files in use, read again when they have changed. They are looked at once a second at most. Safe
/// for use by several threads.
final class PasswordFiles {
    private static final long TRUSTED_NANOS = 1_000_000_000L;
    /// Names with variables could otherwise fill the memory.
    private static final int MOST_KEPT = 256;

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param name a byte to a character
    PasswordFile file(String name, Clock clock) throws IOException {
        long now = clock.monotonicNanos();
        Known present = known.get(name);
        if (present != null && now - present.lookedAt < TRUSTED_NANOS) {
            return present.file;
        }
        Path path = Path.of(new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        boolean isUnchanged = present != null && present.file.stamp().equals(PasswordFile.stampOf(path));
        PasswordFile file = present != null && isUnchanged ? present.file : PasswordFile.read(path);
        if (known.size() >= MOST_KEPT) {
            known.clear();
        }
        known.put(name, new Known(file, now));
        return file;
    }

    private record Known(PasswordFile file, long lookedAt) {}
}
