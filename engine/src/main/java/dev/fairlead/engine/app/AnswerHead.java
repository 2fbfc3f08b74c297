package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the head of a worker's answer straight into the response. One for each event loop.
///
/// The worker has judged what the application said; a head that breaks the rules nonetheless is refused, so that
/// nothing an application says can be read as two answers.
final class AnswerHead {
    private static final int OK = 200;

    private byte[] lastType = {};
    private String lastTypeText = "";

    /// @param payload the head, whole
    /// @return whether it is sound
    boolean read(ByteBuf payload, int length, Response response) {
        Fields fields = response.begin(OK).fields();
        response.conditional(false);
        int start = fields.append(payload, payload.readerIndex(), length);
        payload.skipBytes(length);
        int end = start + length;
        byte[] bytes = fields.bytes();
        int line = lineEnd(bytes, start, end);
        if (line < 0 || !status(bytes, start, line, response)) {
            return false;
        }
        int at = line + 2;
        while (at < end) {
            line = lineEnd(bytes, at, end);
            if (line < 0) {
                return false;
            }
            if (line == at) {
                return line + 2 == end;
            }
            if (!field(fields, bytes, at, line, response)) {
                return false;
            }
            at = line + 2;
        }
        return false;
    }

    /// Where the CR LF of a line is; -1 without one. A line may hold neither alone.
    private static int lineEnd(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte c = bytes[at];
            if (c == '\r') {
                return at + 1 < end && bytes[at + 1] == '\n' ? at : -1;
            }
            if (c == '\n' || c == 0) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean status(byte[] bytes, int start, int end, Response response) {
        if (end - start < 3 || (end - start > 3 && bytes[start + 3] != ' ')) {
            return false;
        }
        int status = 0;
        for (int i = start; i < start + 3; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            status = status * 10 + digit;
        }
        if (status < OK) {
            return false;
        }
        response.status(status);
        boolean isUsual = status == OK && end - start == 6 && bytes[start + 4] == 'O' && bytes[start + 5] == 'K';
        if (!isUsual && end > start + 4) {
            response.reason(new String(bytes, start + 4, end - start - 4, StandardCharsets.ISO_8859_1));
        }
        return true;
    }

    private boolean field(Fields fields, byte[] bytes, int start, int end, Response response) {
        int colon = start;
        while (colon < end && bytes[colon] > ' ' && bytes[colon] != ':' && bytes[colon] != 0x7f) {
            colon++;
        }
        if (colon == start || colon == end || bytes[colon] != ':') {
            return false;
        }
        int from = colon + 1;
        while (from < end && (bytes[from] == ' ' || bytes[from] == '\t')) {
            from++;
        }
        int to = end;
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
            to--;
        }
        int id = fields.addParsed(start, colon, from, to);
        return id == FieldName.OTHER || known(fields, id, bytes, from, to, response);
    }

    /// What has a place of its own in the response leaves the fields.
    private boolean known(Fields fields, int id, byte[] bytes, int from, int to, Response response) {
        int field = fields.size() - 1;
        if (id == FieldName.CONTENT_TYPE.id()) {
            response.contentType(contentType(bytes, from, to));
        } else if (id == FieldName.CONTENT_LENGTH.id()) {
            long length = decimal(bytes, from, to);
            if (length < 0 || response.contentLength() != Response.UNKNOWN) {
                return false;
            }
            response.contentLength(length);
        } else if (id == FieldName.SERVER.id()) {
            response.serverField(fields.value(field));
        } else if (id == FieldName.CONNECTION.id()) {
            if (fields.valueEquals(field, "close")) {
                response.closeConnection();
            }
        } else if (id != FieldName.DATE.id()
                && id != FieldName.KEEP_ALIVE.id()
                && id != FieldName.TRANSFER_ENCODING.id()) {
            return true;
        }
        fields.remove(field);
        return true;
    }

    /// Mostly the same as before.
    private String contentType(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, lastType, 0, lastType.length)) {
            lastType = Arrays.copyOfRange(bytes, from, to);
            lastTypeText = new String(lastType, StandardCharsets.ISO_8859_1);
        }
        return lastTypeText;
    }

    private static long decimal(byte[] bytes, int from, int to) {
        if (from == to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
