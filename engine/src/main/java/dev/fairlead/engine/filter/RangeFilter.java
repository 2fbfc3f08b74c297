package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.HttpDate;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// Cuts the ranges asked for from responses that allow it (RFC 9110, section 14; as nginx reads it).
final class RangeFilter implements HeadFilter {
    private static final AtomicLong BOUNDARIES = new AtomicLong();

    private final int most;

    /// @param most ranges in one request; 0 ignores them all
    RangeFilter(int most) {
        this.most = most;
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        if (most == 0
                || !response.acceptsRanges()
                || response.status() != 200
                || response.contentLength() == Response.UNKNOWN) {
            return;
        }
        Fields request = exchange.head().fields();
        int range = request.first(FieldName.RANGE);
        if (range < 0 || !startsWithBytes(request, range) || !isUnchanged(request, response)) {
            offer(response);
            return;
        }
        // An upstream's body comes in pieces, from which only one range can be cut.
        int allowed = response.isConditional() ? most : 1;
        Ranges ranges = new Ranges(response.contentLength(), allowed);
        switch (ranges.parse(request.bytes(), request.valueStart(range) + 6, request.valueEnd(range))) {
            case WHOLE -> offer(response);
            case UNSATISFIABLE -> refuse(exchange, response);
            case PARTS -> cut(exchange, response, ranges);
        }
    }

    /// No ranges of this response, whatever was said before.
    static void forbid(Response response) {
        response.acceptsRanges(false);
        response.fields().remove(FieldName.ACCEPT_RANGES);
    }

    private static void offer(Response response) {
        response.fields().add(FieldName.ACCEPT_RANGES, "bytes");
    }

    private static void refuse(Exchange exchange, Response response) {
        response.fields().remove(FieldName.ETAG);
        response.fields().remove(FieldName.LAST_MODIFIED);
        response.fields().add(FieldName.CONTENT_RANGE, "bytes */" + response.contentLength());
        exchange.refuseKeepingFields(416);
    }

    private static boolean startsWithBytes(Fields request, int field) {
        int start = request.valueStart(field);
        if (request.valueEnd(field) - start < 7) {
            return false;
        }
        byte[] text = request.bytes();
        String unit = "bytes=";
        for (int i = 0; i < unit.length(); i++) {
            int c = text[start + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != unit.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether If-Range, if it is there, names the very content there is.
    private static boolean isUnchanged(Fields request, Response response) {
        int field = request.first(FieldName.IF_RANGE);
        if (field < 0) {
            return true;
        }
        byte[] text = request.bytes();
        int start = request.valueStart(field);
        int end = request.valueEnd(field);
        Fields answer = response.fields();
        if (end - start >= 2 && text[end - 1] == '"') {
            int tag = answer.first(FieldName.ETAG);
            return tag >= 0
                    && Arrays.equals(text, start, end, answer.bytes(), answer.valueStart(tag), answer.valueEnd(tag));
        }
        long modified = response.lastModified();
        if (modified == Response.UNKNOWN && answer.has(FieldName.LAST_MODIFIED)) {
            modified = HttpDate.parse(answer.value(FieldName.LAST_MODIFIED));
        }
        return modified != Response.UNKNOWN && modified == HttpDate.parse(text, start, end);
    }

    private static void cut(Exchange exchange, Response response, Ranges ranges) {
        response.status(206);
        boolean isHead = exchange.head().method() == Method.HEAD;
        if (ranges.count() == 1) {
            response.fields().add(FieldName.CONTENT_RANGE, "bytes " + ranges.text(0));
            response.contentLength(ranges.end(0) - ranges.start(0));
            if (!isHead) {
                exchange.replaceOutput(new RangeOutput(ranges.start(0), ranges.end(0), exchange.output()));
            }
            return;
        }
        String number = Long.toString(BOUNDARIES.incrementAndGet());
        String boundary = "0".repeat(20 - number.length()).concat(number);
        MultiRangeOutput parts =
                new MultiRangeOutput(exchange, ranges, boundary, response.contentType(), exchange.output());
        response.contentType("multipart/byteranges; boundary=".concat(boundary));
        response.contentLength(parts.length());
        if (!isHead) {
            exchange.replaceOutput(parts);
        }
    }
}
