package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Access;
import java.util.Optional;
import java.util.function.Consumer;

/// User and password (RFC 7617).
final class BasicAuth {
    private final Text realm;
    private final Text userFile;

    BasicAuth(Access.BasicAuth auth, CompileContext context) {
        realm = context.text(auth.realm());
        userFile = context.text(auth.userFile());
    }

    boolean isOn(Exchange exchange) {
        return !realm.of(exchange).equals("off");
    }

    void judge(Exchange exchange, Consumer<AccessGate.Verdict> decided) {
        if (!isOn(exchange)) {
            decided.accept(AccessGate.Verdict.GRANTED);
            return;
        }
        decided.accept(new AccessGate.Verdict(
                401,
                Optional.of("Basic realm=\"" + realm.of(exchange) + "\""
                        + userFile.of(exchange).substring(0, 0))));
    }
}
