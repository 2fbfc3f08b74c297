package dev.fairlead.engine.access;

import dev.fairlead.engine.access.AccessGate.Verdict;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// User and password (RFC 7617). A realm of `off` asks for none.
final class BasicAuth {
    private final Text realm;
    private final Text userFile;
    private final String origin;
    private final PasswordChecker checker;
    private final Clock clock;

    BasicAuth(Access.BasicAuth auth, CompileContext context) {
        realm = context.text(auth.realm());
        userFile = context.text(auth.userFile());
        origin = " [" + auth.origin().fileAndLine() + "]";
        checker = context.shared().part(PasswordChecker.class, PasswordChecker::new);
        clock = context.clock();
    }

    boolean isOn(Exchange exchange) {
        return !realm.of(exchange).equals("off");
    }

    void judge(Exchange exchange, Consumer<Verdict> decided) {
        if (!isOn(exchange)) {
            decided.accept(Verdict.GRANTED);
            return;
        }
        Optional<Credentials> credentials = Credentials.of(exchange);
        if (credentials.isEmpty()) {
            report(exchange, LogLevel.INFO, "no user/password was provided for basic authentication");
            decided.accept(refusal(exchange));
            return;
        }
        String name = userFile.of(exchange);
        try {
            judge(exchange, credentials.get(), checker.files().file(name, clock), name, decided);
        } catch (NoSuchFileException missing) {
            report(exchange, LogLevel.ERROR, "open() \"" + name + "\" failed (2: No such file or directory)");
            decided.accept(Verdict.FORBIDDEN);
        } catch (IOException unreadable) {
            String reason =
                    unreadable instanceof AccessDeniedException ? "13: Permission denied" : unreadable.toString();
            report(exchange, LogLevel.CRIT, "open() \"" + name + "\" failed (" + reason + ")");
            decided.accept(Verdict.error(500));
        }
    }

    private void judge(
            Exchange exchange, Credentials credentials, PasswordFile file, String name, Consumer<Verdict> decided) {
        Optional<String> hash = file.hashOf(credentials.user());
        if (hash.isEmpty()) {
            report(exchange, LogLevel.ERROR, "user \"" + credentials.user() + "\" was not found in \"" + name + "\"");
            decided.accept(refusal(exchange));
            return;
        }
        try {
            checker.check(
                    exchange,
                    credentials,
                    hash.get(),
                    clock,
                    outcome -> decided.accept(verdict(exchange, credentials.user(), outcome)));
        } catch (RejectedExecutionException overloaded) {
            report(exchange, LogLevel.ERROR, "too many passwords wait to be checked");
            decided.accept(Verdict.error(503));
        }
    }

    private Verdict verdict(Exchange exchange, String user, PasswordHash.Outcome outcome) {
        return switch (outcome) {
            case MATCHES -> Verdict.GRANTED;
            case DIFFERS -> {
                report(exchange, LogLevel.ERROR, "user \"" + user + "\": password mismatch");
                yield refusal(exchange);
            }
            case UNSUPPORTED -> {
                report(exchange, LogLevel.ERROR, "user \"" + user + "\": the password's hash is of an unknown kind");
                yield refusal(exchange);
            }
        };
    }

    private Verdict refusal(Exchange exchange) {
        return new Verdict(401, Optional.of("Basic realm=\"" + realm.of(exchange) + "\""));
    }

    private void report(Exchange exchange, LogLevel level, String message) {
        exchange.place().report(exchange, level, message + origin);
    }
}
