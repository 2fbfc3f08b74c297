package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;

/// Answers that come before the final one.
public final class Interim {
    private static final int EARLY_HINTS = 103;

    private Interim() {}

    /// Passes on early hints, without what concerns the connection only. Others mean nothing to the client.
    public static void pass(Exchange exchange, int status) {
        if (status != EARLY_HINTS) {
            return;
        }
        Fields fields = exchange.upstream().fields();
        fields.remove(FieldName.CONNECTION);
        fields.remove(FieldName.KEEP_ALIVE);
        fields.remove(FieldName.TRANSFER_ENCODING);
        fields.remove(FieldName.CONTENT_LENGTH);
        exchange.carrier().interim(status, fields);
    }
}
