package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;

/// Turns stretches of files into bytes for outputs that look at them.
final class FileReading {
    private static final int PIECE = 32 << 10;

    private FileReading() {}

    /// Passes the stretch on piece by piece, at once, and releases the file. If it cannot be read, the answer
    /// is broken off.
    static void pieces(Exchange exchange, OpenFile file, long offset, long length, BodyOutput output) {
        try {
            long end = offset + length;
            for (long at = offset; at < end; ) {
                ByteBuf piece = piece(file, at, (int) Math.min(PIECE, end - at));
                at += piece.readableBytes();
                output.data(piece);
            }
        } catch (IOException failed) {
            exchange.carrier().abort();
        } finally {
            file.release();
        }
    }

    private static ByteBuf piece(OpenFile file, long at, int wanted) throws IOException {
        ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(wanted);
        int count = -1;
        try {
            count = piece.writeBytes(file.channel(), at, wanted);
        } finally {
            if (count <= 0) {
                piece.release();
            }
        }
        if (count <= 0) {
            throw new IOException("the file became shorter");
        }
        return piece;
    }
}
