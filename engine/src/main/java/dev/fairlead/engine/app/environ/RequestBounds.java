package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.app.RequestView;

/// Which requests an application server takes at all: gunicorn's limits of a head, and names of fields that are
/// tokens (RFC 9110, section 5.1), which nginx is not strict about.
public final class RequestBounds {
    /// ` HTTP/1.1` and the space in front of the target.
    private static final int AROUND_TARGET = 10;

    private static final int LINE_END = 2;
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (int c = 0; c < 128; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
    }

    private final RequestView.Limits limits;

    public RequestBounds(RequestView.Limits limits) {
        this.limits = limits;
    }

    public boolean admits(RequestHead head) {
        Fields fields = head.fields();
        if (limits.fields() > 0 && fields.size() > limits.fields()) {
            return false;
        }
        if (limits.line() > 0
                && head.receivedMethod().length()
                                + AROUND_TARGET
                                + head.target().raw().length()
                        > limits.line()) {
            return false;
        }
        int longest = limits.field() > 0 ? limits.field() - LINE_END : Integer.MAX_VALUE;
        for (int field = 0; field < fields.size(); field++) {
            int start = fields.nameStart(field);
            if (fields.valueEnd(field) - start > longest
                    || (fields.id(field) == FieldName.OTHER
                            && !isToken(fields.bytes(), start, fields.nameEnd(field)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (!TOKEN[bytes[at] & 0xff]) {
                return false;
            }
        }
        return end > start;
    }
}
