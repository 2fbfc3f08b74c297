package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;

/// Reads WebSocket messages as a server under measurement sends them (RFC 6455, section 5.2) and skips what is
/// in them. Pings and pongs are passed over without an answer.
final class FrameReader implements MessageReader {
    private static final int CLOSE = 8;
    private static final int LONGEST_HEAD = 14;

    private final byte[] head = new byte[LONGEST_HEAD];
    private int known;
    private long remaining;
    private boolean isHeadRead;
    private boolean isClosed;

    @Override
    public boolean read(ByteBuf in) {
        while (in.isReadable() || isHeadRead) {
            if (!isHeadRead && !readHead(in)) {
                continue;
            }
            int count = (int) Math.min(remaining, in.readableBytes());
            in.skipBytes(count);
            remaining -= count;
            if (remaining > 0) {
                return false;
            }
            isHeadRead = false;
            known = 0;
            if (endsMessage()) {
                return true;
            }
        }
        return false;
    }

    private boolean endsMessage() {
        int kind = head[0] & 0x0f;
        isClosed |= kind == CLOSE;
        return isClosed || ((head[0] & 0x80) != 0 && kind < CLOSE);
    }

    private boolean readHead(ByteBuf in) {
        head[known++] = in.readByte();
        if (known < 2 || known < headLength()) {
            return false;
        }
        remaining = head[1] & 0x7f;
        int wide = remaining == 126 ? 2 : remaining == 127 ? 8 : 0;
        if (wide > 0) {
            remaining = 0;
            for (int i = 0; i < wide; i++) {
                remaining = remaining << 8 | (head[2 + i] & 0xff);
            }
        }
        isHeadRead = true;
        return true;
    }

    private int headLength() {
        int length = head[1] & 0x7f;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((head[1] & 0x80) != 0 ? 4 : 0);
    }

    @Override
    public boolean endsWithConnection() {
        return false;
    }

    @Override
    public String wrong() {
        return isClosed ? "closed by a frame" : "";
    }

    @Override
    public boolean persists() {
        return !isClosed;
    }
}
