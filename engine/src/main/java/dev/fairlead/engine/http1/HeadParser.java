package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.HeadReading;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Reads one request head, however it is cut into pieces, straight into the storage of its [Fields]. Line by
/// line: a line that breaks the rules is refused when its last byte, or the first offending one, is there.
///
/// | limit | refused with |
/// |---|---|
/// | request line longer than a large buffer | 414 |
/// | field line longer than a large buffer, or all of them than all buffers | 494 |
final class HeadParser {
    /// How far reading has come.
    enum Progress {
        LINE_READ,
        NEEDS_MORE,
        COMPLETE,
        REFUSED
    }

    private static final int PIECE = 1024;

    /// Bytes of field names: 0 is usual, 1 unusual, 2 underscore, 3 forbidden, 4 the colon.
    private static final byte[] NAME_CLASS = new byte[256];

    private static final byte UNUSUAL = 1;
    private static final byte UNDERSCORE = 2;
    private static final byte FORBIDDEN = 3;
    private static final byte COLON = 4;

    static {
        for (int c = 0; c < 256; c++) {
            boolean isUsual = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            NAME_CLASS[c] = isUsual ? 0 : c <= 0x20 || c == 0x7f ? FORBIDDEN : UNUSUAL;
        }
        NAME_CLASS['_'] = UNDERSCORE;
        NAME_CLASS[':'] = COLON;
    }

    private final RequestLine requestLine;
    private final Framing framing;
    private Fields fields;
    private RequestHead head;
    private int lineStart;
    private int stored;
    private int searched;
    private boolean isLineRead;
    private boolean isTrailer;
    private int longestLine;
    private int longestHead;
    private HeadReading reading;
    private int status;
    private String reason = "";

    HeadParser(LoopState loop, Framing framing, RequestHead head, HeadReading reading) {
        this.requestLine = new RequestLine(loop);
        this.framing = framing;
        this.head = head;
        this.fields = head.fields();
        this.reading = reading;
    }

    /// A new head begins; that of the last one was forgotten.
    void begin(RequestHead newHead, HeadReading newReading) {
        head = newHead;
        begin(newHead.fields(), newReading);
        framing.begin();
    }

    /// The trailer fields of a chunked body begin. Those that say something about framing are left out.
    void beginTrailer(Fields into, HeadReading newReading) {
        begin(into, newReading);
        isLineRead = true;
        isTrailer = true;
    }

    private void begin(Fields into, HeadReading newReading) {
        into.clear();
        fields = into;
        reading = newReading;
        isTrailer = false;
        longestLine = Math.max(newReading.largeBufferSize(), newReading.bufferSize());
        longestHead = newReading.bufferSize() + newReading.largeBuffers() * newReading.largeBufferSize();
        lineStart = 0;
        stored = 0;
        searched = 0;
        isLineRead = false;
        status = 0;
        reason = "";
    }

    /// What the fields say about framing and persistence, once the head is complete.
    Framing framing() {
        return framing;
    }

    /// Why it was refused.
    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /// Takes what belongs to the head from the buffer.
    Progress read(ByteBuf in) {
        while (true) {
            Progress progress = readLines();
            if (progress == Progress.COMPLETE) {
                giveBack(in);
                return progress;
            }
            if (progress == Progress.REFUSED) {
                return progress;
            }
            int count = Math.min(in.readableBytes(), PIECE);
            if (count == 0) {
                return checkUnfinishedLine();
            }
            fields.append(in, in.readerIndex(), count);
            in.skipBytes(count);
            stored += count;
        }
    }

    /// What was stored behind the head came with the last piece.
    private void giveBack(ByteBuf in) {
        in.readerIndex(in.readerIndex() - (stored - lineStart));
        fields.cut(lineStart);
    }

    private Progress readLines() {
        byte[] bytes = fields.bytes();
        while (lineStart < stored) {
            if (searched > lineStart && indexOfLineFeed(bytes, searched) < 0) {
                searched = stored;
                return Progress.NEEDS_MORE;
            }
            Progress progress = isLineRead ? readField(bytes) : readRequestLine(bytes);
            if (progress == Progress.NEEDS_MORE) {
                searched = stored;
                return progress;
            }
            if (progress == Progress.COMPLETE) {
                return finish();
            }
            if (progress == Progress.REFUSED) {
                return progress;
            }
            if (lineStart > longestHead) {
                return refuse(494, "client sent too large request");
            }
        }
        return Progress.NEEDS_MORE;
    }

    private int indexOfLineFeed(byte[] bytes, int from) {
        for (int i = from; i < stored; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private Progress readRequestLine(byte[] bytes) {
        int lineFeed = indexOfLineFeed(bytes, lineStart);
        if (lineFeed < 0) {
            return Progress.NEEDS_MORE;
        }
        if (lineFeed == lineStart || bytes[lineFeed - 1] != '\r') {
            return refuse(400, "client sent a line that does not end in CR LF");
        }
        if (lineFeed - 1 == lineStart) {
            // An empty line in front of a request is skipped (RFC 9112, section 2.2).
            lineStart = lineFeed + 1;
            return Progress.LINE_READ;
        }
        if (lineFeed + 1 - lineStart > longestLine) {
            return refuse(414, "client sent too long URI");
        }
        boolean sound = requestLine.parse(bytes, lineStart, lineFeed - 1, reading, head);
        if (!sound) {
            return refuse(requestLine.status(), requestLine.reason());
        }
        isLineRead = true;
        lineStart = lineFeed + 1;
        return Progress.LINE_READ;
    }

    /// COMPLETE at the empty line.
    private Progress readField(byte[] bytes) {
        int at = lineStart;
        if (bytes[at] == '\r') {
            return readEmptyLine(bytes);
        }
        boolean isUnusual = false;
        byte kind;
        while (true) {
            if (at == stored) {
                return Progress.NEEDS_MORE;
            }
            kind = NAME_CLASS[bytes[at] & 0xff];
            if (kind >= FORBIDDEN) {
                break;
            }
            isUnusual |= kind == UNUSUAL || (kind == UNDERSCORE && !reading.underscores());
            at++;
        }
        if (kind == FORBIDDEN || at == lineStart) {
            return refuse(400, "client sent invalid header line");
        }
        return readValue(bytes, at, isUnusual);
    }

    private Progress readEmptyLine(byte[] bytes) {
        if (lineStart + 1 == stored) {
            return Progress.NEEDS_MORE;
        }
        if (bytes[lineStart + 1] != '\n') {
            return refuse(400, "client sent invalid header line");
        }
        lineStart += 2;
        return Progress.COMPLETE;
    }

    private Progress readValue(byte[] bytes, int nameEnd, boolean isUnusual) {
        int at = nameEnd + 1;
        while (at < stored && isBlank(bytes[at])) {
            at++;
        }
        int valueStart = at;
        while (at < stored && (bytes[at] >= ' ' || !endsValue(bytes[at]))) {
            at++;
        }
        if (at == stored || (bytes[at] == '\r' && at + 1 == stored)) {
            return Progress.NEEDS_MORE;
        }
        if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
            return refuse(400, "client sent invalid header line");
        }
        if (at + 2 - lineStart > longestLine) {
            return refuse(494, "client sent too long header line");
        }
        int valueEnd = at;
        while (valueEnd > valueStart && isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        int start = lineStart;
        lineStart = at + 2;
        if (isUnusual && reading.ignoreInvalidFields()) {
            return Progress.LINE_READ;
        }
        int id = fields.addParsed(start, nameEnd, valueStart, valueEnd);
        if (isTrailer) {
            if (Framing.NOT_IN_TRAILERS.contains(fields, fields.size() - 1)) {
                fields.remove(fields.size() - 1);
            }
            return Progress.LINE_READ;
        }
        if (id != FieldName.OTHER && !framing.note(id, fields)) {
            return refuse(framing.status(), framing.reason());
        }
        return Progress.LINE_READ;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean endsValue(byte c) {
        return c == '\r' || c == '\n' || c == 0;
    }

    private Progress finish() {
        return isTrailer || framing.decide(head, reading)
                ? Progress.COMPLETE
                : refuse(framing.status(), framing.reason());
    }

    /// What cannot become a sound line is refused before it is whole.
    private Progress checkUnfinishedLine() {
        if (!isLineRead && !RequestLine.mayStart(fields.bytes(), lineStart, stored)) {
            return refuse(400, "client sent invalid method");
        }
        if (stored - lineStart >= longestLine) {
            return isLineRead
                    ? refuse(494, "client sent too long header line")
                    : refuse(414, "client sent too long URI");
        }
        if (stored > longestHead) {
            return refuse(494, "client sent too large request");
        }
        return Progress.NEEDS_MORE;
    }

    private String lineAsReceived() {
        byte[] bytes = fields.bytes();
        int end = lineStart;
        while (end < stored && bytes[end] != '\r' && bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, lineStart, end - lineStart, StandardCharsets.ISO_8859_1);
    }

    private Progress refuse(int with, String why) {
        status = with;
        reason = why;
        if (!isLineRead) {
            head.unsoundLine(lineAsReceived());
        }
        return Progress.REFUSED;
    }
}
