package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads HTTP/1.1 requests or responses: heads of up to 32 KiB, bodies by length, in chunks, or to the end of the
/// connection. Bodies are skipped. It trusts the other end, which is a server under measurement.
final class HttpReader implements MessageReader {
    private static final int MOST = 32 * 1024;
    private static final int CONTINUE = 100;

    /// What comes next.
    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSED
    }

    private final boolean readsRequests;
    private final byte[] head = new byte[MOST];
    private Part part = Part.HEAD;
    private int length;
    private int headLength;
    private long remaining;
    private boolean isSizeRead;
    private int trailerLine;
    private int status;
    private boolean isBroken;
    private boolean persists;
    private boolean isChunked;
    private long contentLength;

    HttpReader(boolean readsRequests) {
        this.readsRequests = readsRequests;
    }

    @Override
    public boolean read(ByteBuf in) {
        while (in.isReadable()) {
            if (take(in)) {
                part = Part.HEAD;
                length = 0;
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean endsWithConnection() {
        return part == Part.UNTIL_CLOSED;
    }

    @Override
    public String wrong() {
        if (isBroken) {
            return "unreadable";
        }
        return readsRequests || (status >= 200 && status < 400) ? "" : "status " + status;
    }

    @Override
    public boolean persists() {
        return persists && !isBroken;
    }

    /// The last response's.
    int status() {
        return status;
    }

    /// The value of a field of the last head, or empty.
    ///
    /// @param name in small letters
    String field(String name) {
        for (String line : text().split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    private String text() {
        return new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
    }

    private boolean take(ByteBuf in) {
        return switch (part) {
            case HEAD -> readHead(in);
            case BODY -> skip(in);
            case CHUNK_SIZE -> readChunkSize(in);
            case CHUNK -> {
                if (skip(in)) {
                    part = Part.CHUNK_END;
                }
                yield false;
            }
            case CHUNK_END -> {
                if (in.readByte() == '\n') {
                    part = Part.CHUNK_SIZE;
                    remaining = 0;
                }
                yield false;
            }
            case TRAILER -> readTrailer(in);
            case UNTIL_CLOSED -> {
                in.skipBytes(in.readableBytes());
                yield false;
            }
        };
    }

    private boolean skip(ByteBuf in) {
        int count = (int) Math.min(remaining, in.readableBytes());
        in.skipBytes(count);
        remaining -= count;
        return remaining == 0;
    }

    /// What follows the size on its line says nothing here.
    private boolean readChunkSize(ByteBuf in) {
        while (in.isReadable()) {
            byte c = in.readByte();
            if (c == '\n') {
                part = remaining == 0 ? Part.TRAILER : Part.CHUNK;
                trailerLine = 0;
                isSizeRead = false;
                return false;
            }
            int digit = isSizeRead ? -1 : Character.digit(c, 16);
            isSizeRead = digit < 0;
            remaining = isSizeRead ? remaining : remaining * 16 + digit;
        }
        return false;
    }

    private boolean readTrailer(ByteBuf in) {
        while (in.isReadable()) {
            byte c = in.readByte();
            if (c == '\n') {
                if (trailerLine == 0) {
                    return true;
                }
                trailerLine = 0;
            } else if (c != '\r') {
                trailerLine++;
            }
        }
        return false;
    }

    private boolean readHead(ByteBuf in) {
        int count = Math.min(in.readableBytes(), MOST - length);
        in.getBytes(in.readerIndex(), head, length, count);
        int end = endOfHead(Math.max(0, length - 3), length + count);
        if (end < 0) {
            in.skipBytes(count);
            length += count;
            // More is not looked for: this connection has to end.
            isBroken = length == MOST;
            return isBroken;
        }
        in.skipBytes(end - length);
        headLength = end;
        readFields(end);
        return begin();
    }

    private int endOfHead(int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (head[i + 3] == '\n' && head[i] == '\r' && head[i + 1] == '\n' && head[i + 2] == '\r') {
                return i + 4;
            }
        }
        return -1;
    }

    /// @return whether the message ends with its head
    private boolean begin() {
        if (!readsRequests && status >= CONTINUE && status < 200 && status != 101) {
            length = 0;
            return false;
        }
        remaining = contentLength;
        if (isChunked) {
            part = Part.CHUNK_SIZE;
            remaining = 0;
            return false;
        }
        boolean isEmpty = contentLength == 0 || (contentLength < 0 && (readsRequests || isBodiless()));
        if (!isEmpty) {
            part = contentLength < 0 ? Part.UNTIL_CLOSED : Part.BODY;
        }
        return isEmpty;
    }

    private boolean isBodiless() {
        return status == 101 || status == 204 || status == 304;
    }

    private void readFields(int end) {
        status = readsRequests ? 0 : number(9, 12);
        persists = true;
        isChunked = false;
        contentLength = -1;
        int at = 0;
        while (at < end) {
            int lineEnd = at;
            while (head[lineEnd] != '\r') {
                lineEnd++;
            }
            if (startsWith(at, lineEnd, "content-length:")) {
                contentLength = number(at + "content-length:".length(), lineEnd);
            } else if (startsWith(at, lineEnd, "transfer-encoding:")) {
                isChunked = true;
            } else if (startsWith(at, lineEnd, "connection: close")) {
                persists = false;
            }
            at = lineEnd + 2;
        }
    }

    private boolean startsWith(int at, int end, String name) {
        if (end - at < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int c = head[at + i];
            if (c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (head[i] >= '0' && head[i] <= '9') {
                value = value * 10 + head[i] - '0';
            }
        }
        return value;
    }
}
