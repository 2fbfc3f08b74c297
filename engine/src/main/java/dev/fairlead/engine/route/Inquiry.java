package dev.fairlead.engine.route;

import dev.fairlead.engine.access.AccessGate.Verdict;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.Setter;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.LogLevel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks another place of the virtual host whether a request may go on.
final class Inquiry {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Access.Inquiry inquiry;
    private final List<Assignment> assignments;

    private record Assignment(Setter target, Text value) {}

    Inquiry(Access.Inquiry inquiry, CompileContext context) {
        this.inquiry = inquiry;
        this.assignments = inquiry.assignments().stream()
                .map(one -> new Assignment(
                        Setter.of(one.target(), Texts.of(context), inquiry.origin()), context.text(one.value())))
                .toList();
    }

    /// @return what was sent, for whoever learns that nobody waits for it any more
    InnerRequest judge(Site site, Exchange exchange, Consumer<Verdict> decided) {
        return InnerRequest.send(site, exchange, inquiry.path(), inner -> decided.accept(verdict(exchange, inner)));
    }

    private Verdict verdict(Exchange exchange, Exchange inner) {
        for (Assignment assignment : assignments) {
            assignment.target.set(exchange, assignment.value.of(inner));
        }
        int status = inner.response().status();
        if (status >= 200 && status < 300) {
            return Verdict.GRANTED;
        }
        return switch (status) {
            case FORBIDDEN -> Verdict.FORBIDDEN;
            case UNAUTHORIZED -> new Verdict(status, challenge(inner));
            default -> {
                String message = "auth request unexpected status: " + status + " ["
                        + inquiry.origin().fileAndLine() + "]";
                exchange.place().report(exchange, LogLevel.ERROR, message);
                yield Verdict.FAILED;
            }
        };
    }

    /// Of the server that was asked, whatever page our place shows in its stead.
    private static Optional<String> challenge(Exchange inner) {
        Fields received = inner.upstream().fields();
        Fields fields = received.has(FieldName.WWW_AUTHENTICATE)
                ? received
                : inner.response().fields();
        return Optional.of(fields.value(FieldName.WWW_AUTHENTICATE)).filter(value -> !value.isEmpty());
    }
}
