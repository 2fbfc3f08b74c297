package dev.fairlead.engine.upstream;

import io.netty.buffer.ByteBuf;

/// Encodes a decoded path again for a request line, as nginx does when it passes a path that was changed.
final class Escaping {
    private static final boolean[] ESCAPED = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            ESCAPED[c] = c <= 0x20 || c >= 0x7f || "\"#%<>?\\^`{|}".indexOf(c) >= 0;
        }
    }

    private Escaping() {}

    static void write(String path, int from, ByteBuf out) {
        for (int i = from; i < path.length(); i++) {
            int c = path.charAt(i) & 0xff;
            if (ESCAPED[c]) {
                out.writeByte('%');
                out.writeByte(digit(c >> 4));
                out.writeByte(digit(c & 15));
            } else {
                out.writeByte(c);
            }
        }
    }

    private static int digit(int value) {
        return value < 10 ? '0' + value : 'A' + value - 10;
    }
}
