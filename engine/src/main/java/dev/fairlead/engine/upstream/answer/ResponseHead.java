package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.Tokens;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Reads the head of an answer straight into the storage of its [Fields], and what it says about the body and the
/// connection. A head that is not complete is read again from its start when more is there; heads are short.
/// Reused for the next answer.
///
/// Anything about the body's end that two readers could take differently is refused (RFC 9112, section 6.3).
public final class ResponseHead {
    /// How far reading has come.
    public enum Progress {
        NEEDS_MORE,
        COMPLETE,
        /// See [#complaint].
        INVALID
    }

    /// A length that was not announced.
    static final long UNKNOWN = -1;

    private static final int PIECE = 1024;
    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LONGEST_NUMBER = 18;

    private int status;
    private int minorVersion;
    private String reason = "";
    private long contentLength;
    private boolean isChunked;
    private boolean saysClose;
    private boolean saysKeepAlive;
    private String complaint = "";
    private long seen;
    private int next;
    private int stored;

    public int status() {
        return status;
    }

    /// The second number of its version of HTTP/1.
    public int minorVersion() {
        return minorVersion;
    }

    /// The reason phrase; empty for the one that everybody uses for 200.
    String reason() {
        return reason;
    }

    long contentLength() {
        return contentLength;
    }

    boolean isChunked() {
        return isChunked;
    }

    /// Whether the server keeps the connection, as far as it says.
    public boolean isKeptAlive() {
        return !saysClose && (minorVersion > 0 || (saysKeepAlive && !isChunked));
    }

    /// Whether there is a field of that name, one that the engine knows. Ids are below 64.
    boolean has(FieldName known) {
        return (seen & 1L << known.id()) != 0;
    }

    /// What is wrong, in the error log's words.
    public String complaint() {
        return complaint;
    }

    /// Takes the head from the buffer if all of it is there, else leaves the buffer alone.
    ///
    /// @param most bytes a head may have
    /// @param texts remembers reason phrases
    public Progress read(ByteBuf in, Fields fields, int most, TextCache texts) {
        begin(fields);
        int available = Math.min(in.readableBytes(), most);
        while (true) {
            Progress progress = readLines(fields, texts);
            if (progress == Progress.COMPLETE) {
                in.skipBytes(next);
                fields.cut(next);
                return checkFraming();
            }
            if (progress == Progress.INVALID) {
                return progress;
            }
            int count = Math.min(available - stored, PIECE);
            if (count == 0) {
                return lacking(fields, in.readableBytes() >= most);
            }
            fields.append(in, in.readerIndex() + stored, count);
            stored += count;
        }
    }

    private void begin(Fields fields) {
        fields.clear();
        status = 0;
        reason = "";
        contentLength = UNKNOWN;
        isChunked = false;
        saysClose = false;
        saysKeepAlive = false;
        complaint = "";
        seen = 0;
        next = 0;
        stored = 0;
    }

    private Progress lacking(Fields fields, boolean isFull) {
        byte[] bytes = fields.bytes();
        for (int i = 0; status == 0 && i < Math.min(stored, VERSION.length); i++) {
            if (bytes[i] != VERSION[i]) {
                return invalid("upstream sent no valid HTTP/1.0 header");
            }
        }
        return isFull ? invalid("upstream sent too big header") : Progress.NEEDS_MORE;
    }

    private Progress readLines(Fields fields, TextCache texts) {
        byte[] bytes = fields.bytes();
        if (status == 0) {
            Progress progress = readStatusLine(bytes, texts);
            if (progress != Progress.COMPLETE) {
                return progress;
            }
        }
        while (next < stored) {
            if (bytes[next] == '\n') {
                next++;
                return Progress.COMPLETE;
            }
            if (bytes[next] == '\r') {
                if (next + 1 == stored) {
                    return Progress.NEEDS_MORE;
                }
                next += 2;
                return bytes[next - 1] == '\n' ? Progress.COMPLETE : invalid("upstream sent invalid header");
            }
            Progress progress = readField(fields, bytes);
            if (progress != Progress.COMPLETE) {
                return progress;
            }
        }
        return Progress.NEEDS_MORE;
    }

    private Progress readStatusLine(byte[] bytes, TextCache texts) {
        int end = lineEnd(bytes, 0);
        if (end < 0) {
            return Progress.NEEDS_MORE;
        }
        int start = VERSION.length + 2;
        boolean sound = end >= start + 3 && bytes[start - 1] == ' ';
        for (int i = 0; sound && i < VERSION.length; i++) {
            sound = bytes[i] == VERSION[i];
        }
        int minor = sound ? bytes[VERSION.length] - '0' : -1;
        int code = sound ? (int) decimal(bytes, start, start + 3) : -1;
        sound = minor >= 0 && minor <= 9 && code >= 100 && (end == start + 3 || bytes[start + 3] == ' ');
        if (!sound) {
            return invalid("upstream sent no valid HTTP/1.0 header");
        }
        status = code;
        minorVersion = minor;
        boolean isUsual = code == 200 && end == start + 6 && bytes[start + 4] == 'O' && bytes[start + 5] == 'K';
        reason = isUsual || end <= start + 4 ? "" : texts.text(bytes, start + 4, end);
        return Progress.COMPLETE;
    }

    /// Where the content of a line that starts there ends, [#next] being behind its line end; -1 if it is not
    /// whole.
    private int lineEnd(byte[] bytes, int start) {
        for (int i = start; i < stored; i++) {
            if (bytes[i] == '\n') {
                next = i + 1;
                return i > start && bytes[i - 1] == '\r' ? i - 1 : i;
            }
        }
        return -1;
    }

    private Progress readField(Fields fields, byte[] bytes) {
        int start = next;
        int at = start;
        while (at < stored && isNameByte(bytes[at])) {
            at++;
        }
        if (at == stored) {
            return Progress.NEEDS_MORE;
        }
        int nameEnd = at;
        boolean sound = bytes[at] == ':' && at > start;
        at++;
        while (at < stored && isBlank(bytes[at])) {
            at++;
        }
        int valueStart = at;
        while (at < stored && (bytes[at] >= ' ' || !endsValue(bytes[at]))) {
            at++;
        }
        if (at == stored || (bytes[at] == '\r' && at + 1 == stored)) {
            return sound ? Progress.NEEDS_MORE : invalid("upstream sent invalid header");
        }
        int lineFeed = bytes[at] == '\r' ? at + 1 : at;
        if (!sound || bytes[lineFeed] != '\n') {
            return invalid("upstream sent invalid header");
        }
        next = lineFeed + 1;
        while (at > valueStart && isBlank(bytes[at - 1])) {
            at--;
        }
        int id = fields.addParsed(start, nameEnd, valueStart, at);
        return id == FieldName.OTHER ? Progress.COMPLETE : note(id, fields);
    }

    private static boolean isNameByte(byte c) {
        return c > ' ' && c != ':' && c != 0x7f;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean endsValue(byte c) {
        return c == '\r' || c == '\n' || c == 0;
    }

    private Progress note(int id, Fields fields) {
        seen |= 1L << id;
        int field = fields.size() - 1;
        if (id == FieldName.CONTENT_LENGTH.id()) {
            if (contentLength != UNKNOWN) {
                return invalid("upstream sent duplicate header line: \"Content-Length\"");
            }
            contentLength = decimal(fields.bytes(), fields.valueStart(field), fields.valueEnd(field));
            return contentLength < 0
                    ? invalid("upstream sent invalid \"Content-Length\" header: \"" + fields.value(field) + "\"")
                    : Progress.COMPLETE;
        }
        if (id == FieldName.TRANSFER_ENCODING.id()) {
            if (isChunked || !fields.valueEquals(field, "chunked")) {
                return invalid("upstream sent unknown \"Transfer-Encoding\": \"" + fields.value(field) + "\"");
            }
            isChunked = true;
        } else if (id == FieldName.CONNECTION.id()) {
            saysClose |= Tokens.contains(fields, field, "close");
            saysKeepAlive |= Tokens.contains(fields, field, "keep-alive");
        }
        return Progress.COMPLETE;
    }

    private static long decimal(byte[] bytes, int start, int end) {
        if (start == end || end - start > LONGEST_NUMBER) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private Progress checkFraming() {
        if (isChunked && contentLength != UNKNOWN) {
            return invalid("upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
        }
        return Progress.COMPLETE;
    }

    private Progress invalid(String what) {
        complaint = what;
        return Progress.INVALID;
    }
}
