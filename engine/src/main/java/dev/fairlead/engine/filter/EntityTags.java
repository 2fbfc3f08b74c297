package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import java.util.Arrays;

/// Compares the tags in requests with that of the response.
final class EntityTags {
    private EntityTags() {}

    /// Whether the list in the request's field names the response's tag, or all by `*`.
    ///
    /// @param weak whether a tag and its weak form count as the same
    static boolean names(Fields request, int field, Response response, boolean weak) {
        byte[] list = request.bytes();
        int at = request.valueStart(field);
        int end = request.valueEnd(field);
        if (end - at == 1 && list[at] == '*') {
            return true;
        }
        Fields answer = response.fields();
        int tagField = answer.first(FieldName.ETAG);
        if (tagField < 0) {
            return false;
        }
        byte[] tag = answer.bytes();
        int tagEnd = answer.valueEnd(tagField);
        int tagStart = strong(tag, answer.valueStart(tagField), tagEnd, weak);
        int length = tagEnd - tagStart;
        while (at < end) {
            at = strong(list, at, end, weak);
            if (length > end - at) {
                return false;
            }
            if (Arrays.equals(list, at, at + length, tag, tagStart, tagEnd) && endsItem(list, at + length, end)) {
                return true;
            }
            at = nextItem(list, at, end);
        }
        return false;
    }

    /// Whether a response has no tag, or one that is written as the standard says.
    static boolean isAtMostOneAndValid(Fields answer) {
        int field = answer.first(FieldName.ETAG);
        if (field < 0) {
            return true;
        }
        byte[] text = answer.bytes();
        int end = answer.valueEnd(field);
        int start = strong(text, answer.valueStart(field), end, true);
        return answer.next(FieldName.ETAG, field) < 0 && end - start >= 2 && text[start] == '"' && text[end - 1] == '"';
    }

    private static int strong(byte[] text, int start, int end, boolean weak) {
        return weak && end - start > 2 && text[start] == 'W' && text[start + 1] == '/' ? start + 2 : start;
    }

    private static boolean endsItem(byte[] list, int from, int end) {
        int at = from;
        while (at < end && (list[at] == ' ' || list[at] == '\t')) {
            at++;
        }
        return at == end || list[at] == ',';
    }

    private static int nextItem(byte[] list, int from, int end) {
        int at = from;
        while (at < end && list[at] != ',') {
            at++;
        }
        while (at < end && (list[at] == ' ' || list[at] == '\t' || list[at] == ',')) {
            at++;
        }
        return at;
    }

    /// Marks the response's tag as weak, because the bytes sent are others now.
    static void weaken(Response response) {
        Fields fields = response.fields();
        int field = fields.first(FieldName.ETAG);
        if (field < 0) {
            return;
        }
        String tag = fields.value(field);
        if (tag.startsWith("W/")) {
            return;
        }
        fields.remove(FieldName.ETAG);
        if (tag.startsWith("\"")) {
            fields.add(FieldName.ETAG, "W/".concat(tag));
        }
    }
}
