package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.app.RequestView;

/// What becomes of header fields whose names have underscores, so that they could pass for other variables:
/// gunicorn's `header_map` and `forwarder_headers`.
final class UnderscoreRule {
    private final RequestView.Underscores others;
    private final FieldName[] forwarders;
    private final boolean isEveryForwarder;

    UnderscoreRule(RequestView view) {
        others = view.underscores();
        forwarders = view.forwarderHeaders().stream().map(FieldName::of).toArray(FieldName[]::new);
        isEveryForwarder = view.forwarderHeaders().contains("*");
    }

    /// Whether the request must be refused for one of its fields.
    boolean refuses(Fields fields, boolean trusted) {
        if (others != RequestView.Underscores.REFUSE) {
            return false;
        }
        for (int field = 0; field < fields.size(); field++) {
            if (fields.isPresent(field) && hasUnderscore(fields, field) && !isForwarder(fields, field, trusted)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the field is passed.
    boolean passes(Fields fields, int field, boolean trusted) {
        return others == RequestView.Underscores.DANGEROUS
                || fields.id(field) != FieldName.OTHER
                || !hasUnderscore(fields, field)
                || isForwarder(fields, field, trusted);
    }

    private boolean isForwarder(Fields fields, int field, boolean trusted) {
        if (!trusted) {
            return false;
        }
        for (FieldName name : forwarders) {
            if (fields.is(field, name)) {
                return true;
            }
        }
        return isEveryForwarder;
    }

    private static boolean hasUnderscore(Fields fields, int field) {
        byte[] bytes = fields.bytes();
        for (int at = fields.nameStart(field); at < fields.nameEnd(field); at++) {
            if (bytes[at] == '_') {
                return true;
            }
        }
        return false;
    }
}
