package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.LogLevel;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whether a request may have what it asks for: by the client's address, and by user and password.
public final class AccessGate {
    private static final int FORBIDDEN = 403;

    private final AddressRules rules;
    private final @Nullable BasicAuth basic;
    private final boolean satisfiesAny;

    private AccessGate(AddressRules rules, @Nullable BasicAuth basic, boolean satisfiesAny) {
        this.rules = rules;
        this.basic = basic;
        this.satisfiesAny = satisfiesAny;
    }

    public static AccessGate compile(Access access, CompileContext context) {
        return new AccessGate(
                new AddressRules(access.rules()),
                access.basic().map(basic -> new BasicAuth(basic, context)).orElse(null),
                access.satisfyAny());
    }

    /// Whether everybody may.
    public boolean isOpen() {
        return basic == null && rules.isEmpty();
    }

    /// Decides now, or later on the exchange's loop.
    public void judge(Exchange exchange, Consumer<Verdict> decided) {
        AddressRules.Finding finding = rules.judge(exchange.client());
        BasicAuth auth = basic;
        if (satisfiesAny) {
            judgeAny(exchange, finding, auth, decided);
        } else if (finding.isDenied()) {
            exchange.place().report(exchange, LogLevel.ERROR, "access forbidden by rule" + finding.origin());
            decided.accept(Verdict.FORBIDDEN);
        } else if (auth == null) {
            decided.accept(Verdict.GRANTED);
        } else {
            auth.judge(exchange, decided);
        }
    }

    /// The rules suffice where they allow; where they deny, or say nothing, the password decides. Without a
    /// realm the rules decide alone.
    private static void judgeAny(
            Exchange exchange, AddressRules.Finding finding, @Nullable BasicAuth auth, Consumer<Verdict> decided) {
        if (finding.isAllowed()) {
            decided.accept(Verdict.GRANTED);
        } else if (auth != null) {
            auth.judge(exchange, verdict -> {
                // A realm that is "off" grants nothing by itself.
                boolean isLeftToRules = verdict.equals(Verdict.GRANTED) && finding.isDenied() && !auth.isOn(exchange);
                decided.accept(isLeftToRules ? Verdict.FORBIDDEN : verdict);
            });
        } else if (finding.isDenied()) {
            exchange.place().report(exchange, LogLevel.ERROR, "access forbidden by rule" + finding.origin());
            decided.accept(Verdict.FORBIDDEN);
        } else {
            decided.accept(Verdict.GRANTED);
        }
    }

    /// What was decided.
    ///
    /// @param status 0 if the request may go on, else that of the error
    /// @param challenge the value of the WWW-Authenticate field, with 401
    public record Verdict(int status, Optional<String> challenge) {
        static final Verdict GRANTED = new Verdict(0, Optional.empty());
        static final Verdict FORBIDDEN = new Verdict(AccessGate.FORBIDDEN, Optional.empty());

        static Verdict error(int status) {
            return new Verdict(status, Optional.empty());
        }
    }
}
