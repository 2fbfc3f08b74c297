package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.text.UserList;
import dev.fairlead.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The users of a list in a configuration. Whether a request comes from one is asked in the middle of rules,
/// which do not wait: passwords whose check takes long are checked before, see [#settle].
public final class KnownUsers {
    private final Map<String, Known> users = new HashMap<>();
    private final PasswordChecker checker;
    private final Clock clock;

    private record Known(String hash, Set<String> groups) {}

    public KnownUsers(UserList list, Shared shared, Clock clock) {
        this.checker = shared.part(PasswordChecker.class, PasswordChecker::new);
        this.clock = clock;
        for (UserList.User user : list.users()) {
            String hash = switch (user.secret()) {
                case UserList.Secret.Hashed(String crypt) -> Text.bytes(crypt);
                case UserList.Secret.Plain(String password) -> PasswordHash.PLAIN + Text.bytes(password);
            };
            users.putIfAbsent(Text.bytes(user.name()), new Known(hash, user.groups()));
        }
    }

    /// Whether the request names a user and the right password.
    ///
    /// @param groups of which the user must be in one; empty for no such demand
    public boolean accept(Exchange exchange, List<String> groups) {
        Optional<Credentials> credentials = Credentials.of(exchange);
        Known user = credentials.map(each -> users.get(each.user())).orElse(null);
        if (user == null || (!groups.isEmpty() && groups.stream().noneMatch(user.groups()::contains))) {
            return false;
        }
        return checker.isKnownRight(credentials.get(), user.hash(), clock);
    }

    /// Finds out about the request's password, should that take long, and goes on then. To be called before rules
    /// run.
    ///
    /// @param then run now, or later on the exchange's loop
    public void settle(Exchange exchange, Runnable then) {
        Credentials credentials = Credentials.of(exchange).orElse(null);
        Known user = credentials == null ? null : slow(credentials);
        if (credentials == null || user == null) {
            then.run();
            return;
        }
        try {
            checker.check(exchange, credentials, user.hash(), clock, outcome -> {
                if (outcome == PasswordHash.Outcome.UNSUPPORTED) {
                    report(exchange, "user \"" + credentials.user() + "\": the password's hash is of an unknown kind");
                }
                then.run();
            });
        } catch (RejectedExecutionException overloaded) {
            report(exchange, "too many passwords wait to be checked");
            then.run();
        }
    }

    private @Nullable Known slow(Credentials credentials) {
        Known user = users.get(credentials.user());
        boolean isSlow = user != null && PasswordHash.isSlow(user.hash());
        return isSlow ? user : null;
    }

    private static void report(Exchange exchange, String message) {
        exchange.place().report(exchange, LogLevel.ERROR, message);
    }
}
