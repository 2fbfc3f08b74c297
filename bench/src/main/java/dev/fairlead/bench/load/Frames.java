package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;

/// Heads of WebSocket frames.
final class Frames {
    private static final int WHOLE_BINARY = 0x82;

    private Frames() {}

    /// The head of a message in one frame, without the mask itself.
    static void writeHead(ByteBuf into, int length, boolean isMasked) {
        int masked = isMasked ? 0x80 : 0;
        into.writeByte(WHOLE_BINARY);
        if (length < 126) {
            into.writeByte(masked | length);
        } else if (length <= 0xffff) {
            into.writeByte(masked | 126).writeShort(length);
        } else {
            into.writeByte(masked | 127).writeLong(length);
        }
    }
}
