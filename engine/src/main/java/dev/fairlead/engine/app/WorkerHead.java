package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.FieldSet;
import dev.fairlead.engine.http.field.Fields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of an answer that comes seldom: of a tunnel, or in front of the final answer. Makes strings; the
/// heads
/// of ordinary answers are read elsewhere.
final class WorkerHead {
    private static final Pattern STATUS_LINE =
            Pattern.compile("(?:HTTP/1\\.[01] )?([1-9]\\d\\d)(?: ([\\t -~\\x80-\\xff]*))?");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t -~\\x80-\\xff]*?)[ \\t]*");
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");

    /// What the carrier writes, or nobody but we and the worker need to know.
    private static final FieldSet OURS = FieldSet.of(
            FieldName.DATE, FieldName.CONNECTION, FieldName.KEEP_ALIVE, FieldName.TRANSFER_ENCODING, FieldName.TE);

    private final int status;
    private final String reason;
    private final Fields fields = new Fields(256);
    private boolean isSound = true;

    private WorkerHead(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /// Reads a head, with or without the version in front.
    ///
    /// @param text up to the empty line, a byte a character
    static WorkerHead of(String text) {
        String[] lines = LINE_END.split(text);
        Matcher line = STATUS_LINE.matcher(lines[0]);
        WorkerHead head = line.matches()
                ? new WorkerHead(Integer.parseInt(line.group(1)), line.group(2) == null ? "" : line.group(2))
                : new WorkerHead(0, "");
        head.isSound = head.status != 0;
        for (int i = 1; i < lines.length; i++) {
            Matcher field = FIELD.matcher(lines[i]);
            if (field.matches()) {
                head.fields.add(FieldName.of(field.group(1)), field.group(2));
            } else {
                head.isSound = false;
            }
        }
        return head;
    }

    /// Whether it follows the rules.
    boolean isSound() {
        return isSound;
    }

    int status() {
        return status;
    }

    /// Whether a body follows in chunks.
    boolean isChunked() {
        return fields.has(FieldName.TRANSFER_ENCODING);
    }

    /// The fields that concern more than the connection.
    Fields passedFields() {
        Fields passed = new Fields(256);
        for (int field = 0; field < fields.size(); field++) {
            if (!OURS.contains(fields, field) && !fields.is(field, FieldName.CONTENT_LENGTH)) {
                passed.addFrom(fields, field);
            }
        }
        return passed;
    }

    /// Puts the client's answer together.
    void apply(Response to) {
        to.begin(status);
        to.conditional(false);
        to.reason(reason);
        to.contentLength(contentLength());
        for (int field = 0; field < fields.size(); field++) {
            if (fields.is(field, FieldName.CONTENT_TYPE)) {
                to.contentType(fields.value(field));
            } else if (fields.is(field, FieldName.SERVER)) {
                to.serverField(fields.value(field));
            } else if (!OURS.contains(fields, field) && !fields.is(field, FieldName.CONTENT_LENGTH)) {
                to.fields().addFrom(fields, field);
            }
        }
    }

    /// Bytes of the body, or [Response#UNKNOWN].
    long contentLength() {
        String text = fields.value(FieldName.CONTENT_LENGTH);
        boolean isNumber = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : Response.UNKNOWN;
    }
}
