package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Forward;

/// Showing our own page for another server's error.
public final class Interception {
    private static final int UNAUTHORIZED = 401;

    private Interception() {}

    /// Whether the answer is replaced by an error page. The challenge of a 401 is kept for it.
    public static boolean applies(Exchange exchange, Forward.Response rules, int status) {
        if (!rules.interceptErrors()
                || exchange.place().settings().errorPages().pageFor(status).isEmpty()) {
            return false;
        }
        Fields fields = exchange.upstream().fields();
        int challenge = status == UNAUTHORIZED ? fields.first(FieldName.WWW_AUTHENTICATE) : -1;
        if (challenge >= 0) {
            exchange.response().carry(fields, challenge);
        }
        return true;
    }
}
