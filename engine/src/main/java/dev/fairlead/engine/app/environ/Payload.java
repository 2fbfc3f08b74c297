package dev.fairlead.engine.app.environ;

import dev.fairlead.worker.MarshalWriter;
import io.netty.buffer.ByteBuf;

/// The end that the payloads of all REQUEST frames have in common.
final class Payload {
    private static final int AROUND_BODY = 10;

    private Payload() {}

    /// Appends what comes before, the body and the flags.
    ///
    /// @param before from the tuple on
    static void finish(MarshalWriter before, ByteBuf body, int flags, ByteBuf out) {
        int size = body.readableBytes();
        out.ensureWritable(before.length() + AROUND_BODY + size);
        out.writeBytes(before.bytes(), 0, before.length());
        out.writeByte('s');
        out.writeIntLE(size);
        out.writeBytes(body, body.readerIndex(), size);
        out.writeByte('i');
        out.writeIntLE(flags);
    }
}
