package dev.fairlead.engine.access;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Checks passwords. Hashes that are meant to be slow are worked out on a thread of their own; requests wait
/// for it, event loops do not. One for each process.
final class PasswordChecker {
    /// Requests that may wait; more are turned away, so that guessing passwords does not become an attack on
    /// memory.
    private static final int MOST_WAITING = 1000;

    private final PasswordFiles files = new PasswordFiles();
    private final VerifiedPasswords verified = new VerifiedPasswords();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("fairlead-passwords").factory());

    PasswordFiles files() {
        return files;
    }

    /// Whether it can be said at once that the password is right. One whose check takes long is not, before
    /// [#check] has found it right.
    boolean isKnownRight(Credentials credentials, String hash, Clock clock) {
        return PasswordHash.isSlow(hash)
                ? verified.contains(credentials, hash, clock)
                : PasswordHash.check(credentials.password(), hash) == PasswordHash.Outcome.MATCHES;
    }

    /// @param decided called now, or later on the exchange's loop
    /// @throws RejectedExecutionException if too many are waiting
    void check(
            Exchange exchange,
            Credentials credentials,
            String hash,
            Clock clock,
            Consumer<PasswordHash.Outcome> decided) {
        if (verified.contains(credentials, hash, clock)) {
            decided.accept(PasswordHash.Outcome.MATCHES);
        } else if (PasswordHash.isSlow(hash)) {
            var loop = exchange.loop();
            thread.execute(() -> {
                PasswordHash.Outcome outcome = PasswordHash.check(credentials.password(), hash);
                loop.execute(() -> {
                    if (outcome == PasswordHash.Outcome.MATCHES) {
                        verified.add(credentials, hash, clock);
                    }
                    decided.accept(outcome);
                });
            });
        } else {
            decided.accept(PasswordHash.check(credentials.password(), hash));
        }
    }
}
