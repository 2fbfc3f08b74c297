package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.LogLevel;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whether a request may have what it asks for: by the client's address, by user and password, by what another
/// place says.
public final class AccessGate {
    private final AddressRules rules;
    private final @Nullable BasicAuth basic;
    private final boolean inquires;
    private final boolean satisfiesAny;

    private AccessGate(AddressRules rules, @Nullable BasicAuth basic, boolean inquires, boolean satisfiesAny) {
        this.rules = rules;
        this.basic = basic;
        this.inquires = inquires;
        this.satisfiesAny = satisfiesAny;
    }

    public static AccessGate compile(Access access, CompileContext context) {
        return new AccessGate(
                new AddressRules(access.rules()),
                access.basic().map(basic -> new BasicAuth(basic, context)).orElse(null),
                access.inquiry().isPresent(),
                access.satisfyAny());
    }

    /// Asks the other place.
    @FunctionalInterface
    public interface Inquirer {
        void ask(Consumer<Verdict> decided);
    }

    /// Whether everybody may.
    public boolean isOpen() {
        return basic == null && rules.isEmpty() && !inquires;
    }

    /// Decides now, or later on the exchange's loop.
    public void judge(Exchange exchange, Inquirer inquirer, Consumer<Verdict> decided) {
        AddressRules.Finding finding = rules.judge(exchange.client());
        BasicAuth auth = basic;
        if (satisfiesAny) {
            judgeAny(exchange, finding, inquirer, decided);
        } else if (finding.isDenied()) {
            forbid(exchange, finding, decided);
        } else if (auth == null) {
            inquire(inquirer, decided);
        } else {
            auth.judge(exchange, verdict -> {
                if (verdict.isGranted()) {
                    inquire(inquirer, decided);
                } else {
                    decided.accept(verdict);
                }
            });
        }
    }

    private void inquire(Inquirer inquirer, Consumer<Verdict> decided) {
        if (inquires) {
            inquirer.ask(decided);
        } else {
            decided.accept(Verdict.GRANTED);
        }
    }

    private static void forbid(Exchange exchange, AddressRules.Finding finding, Consumer<Verdict> decided) {
        exchange.place().report(exchange, LogLevel.ERROR, "access forbidden by rule" + finding.origin());
        decided.accept(Verdict.FORBIDDEN);
    }

    /// The first that allows suffices. Where none does, the refusal of the last one counts, but a demand for a
    /// password above all. A realm that is "off" says nothing, nor do rules that name others.
    private void judgeAny(
            Exchange exchange, AddressRules.Finding finding, Inquirer inquirer, Consumer<Verdict> decided) {
        BasicAuth auth = basic;
        if (finding.isAllowed()) {
            decided.accept(Verdict.GRANTED);
        } else if (auth != null && auth.isOn(exchange)) {
            auth.judge(exchange, verdict -> {
                if (verdict.isRefusal()) {
                    inquireAny(inquirer, verdict, decided);
                } else {
                    decided.accept(verdict);
                }
            });
        } else if (!finding.isDenied()) {
            inquire(inquirer, decided);
        } else if (inquires) {
            inquireAny(inquirer, Verdict.FORBIDDEN, decided);
        } else {
            forbid(exchange, finding, decided);
        }
    }

    private void inquireAny(Inquirer inquirer, Verdict refusal, Consumer<Verdict> decided) {
        if (!inquires) {
            decided.accept(refusal);
            return;
        }
        inquirer.ask(verdict ->
                decided.accept(verdict.isRefusal() && refusal.status() == Verdict.UNAUTHORIZED ? refusal : verdict));
    }

    /// What was decided.
    ///
    /// @param status 0 if the request may go on, else that of the error
    /// @param challenge the value of the WWW-Authenticate field, with 401
    public record Verdict(int status, Optional<String> challenge) {
        private static final int UNAUTHORIZED = 401;

        public static final Verdict GRANTED = error(0);
        public static final Verdict FORBIDDEN = error(403);
        public static final Verdict FAILED = error(500);

        static Verdict error(int status) {
            return new Verdict(status, Optional.empty());
        }

        public boolean isGranted() {
            return status == 0;
        }

        /// Whether it says no, and not that something went wrong.
        boolean isRefusal() {
            return status == UNAUTHORIZED || status == FORBIDDEN.status;
        }
    }
}
