package dev.fairlead.engine.app.environ;

import dev.fairlead.worker.MarshalWriter;
import io.netty.buffer.ByteBuf;

/// The end that the payloads of all REQUEST frames have in common.
final class Payload {
    private static final int AROUND_BODY = 10;

    private Payload() {}

    /// Ends the dictionary of variables and appends it, the body and the flags.
    ///
    /// @param variables everything before, from the tuple on
    static void finish(MarshalWriter variables, ByteBuf body, int flags, ByteBuf out) {
        variables.endDictionary();
        int size = body.readableBytes();
        out.ensureWritable(variables.length() + AROUND_BODY + size);
        out.writeBytes(variables.bytes(), 0, variables.length());
        out.writeByte('s');
        out.writeIntLE(size);
        out.writeBytes(body, body.readerIndex(), size);
        out.writeByte('i');
        out.writeIntLE(flags);
    }
}
