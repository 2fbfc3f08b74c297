package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Fields;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.model.http.Attribute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses a body with gzip (RFC 1952) while it is sent. Holds a compressor from the first byte to the last,
/// and no buffers between calls.
final class GzipOutput implements BodyOutput {
    private static final int PIECE = 8 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
    /// Magic number, deflate, no flags, no time, no hint, Unix.
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    private final Exchange exchange;
    private final int level;
    private final BodyOutput next;
    private final CRC32 checksum = new CRC32();
    private @Nullable Deflater deflater;
    private long taken;
    private long given;
    private boolean isUnflushed;
    private boolean isOver;

    GzipOutput(Exchange exchange, int level, BodyOutput next) {
        this.exchange = exchange;
        this.level = level;
        this.next = next;
    }

    @Override
    public void data(ByteBuf data) {
        try {
            if (isOver || !data.isReadable()) {
                return;
            }
            Deflater compressor = started();
            for (ByteBuffer part : data.nioBuffers()) {
                taken += part.remaining();
                checksum.update(part.duplicate());
                compressor.setInput(part);
                do {
                    drain(compressor, Deflater.NO_FLUSH);
                } while (!compressor.needsInput());
            }
            compressor.setInput(NOTHING);
            isUnflushed = true;
        } finally {
            data.release();
        }
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        FileReading.pieces(exchange, file, offset, length, this);
    }

    @Override
    public boolean wantsMemory() {
        return true;
    }

    @Override
    public void end(Fields trailers) {
        if (isOver) {
            return;
        }
        Deflater compressor = started();
        compressor.finish();
        while (!compressor.finished()) {
            drain(compressor, Deflater.NO_FLUSH);
        }
        ByteBuf tail = ByteBufAllocator.DEFAULT.directBuffer(8);
        tail.writeIntLE((int) checksum.getValue()).writeIntLE((int) taken);
        given += 8;
        next.data(tail);
        exchange.values().fact(Attribute.COMPRESSION_RATIO, ratio());
        release();
        next.end(trailers);
    }

    @Override
    public void flush() {
        Deflater compressor = deflater;
        if (isUnflushed && compressor != null) {
            isUnflushed = false;
            drain(compressor, Deflater.SYNC_FLUSH);
        }
        next.flush();
    }

    @Override
    public void release() {
        isOver = true;
        Deflater compressor = deflater;
        if (compressor != null) {
            deflater = null;
            Deflaters.here().give(level, compressor);
        }
        next.release();
    }

    private Deflater started() {
        Deflater compressor = deflater;
        if (compressor == null) {
            compressor = Deflaters.here().take(level);
            deflater = compressor;
            ByteBuf head = ByteBufAllocator.DEFAULT.directBuffer(HEADER.length).writeBytes(HEADER);
            given += HEADER.length;
            next.data(head);
        }
        return compressor;
    }

    private void drain(Deflater compressor, int mode) {
        int count;
        do {
            ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(PIECE, PIECE);
            count = compressor.deflate(out.internalNioBuffer(0, PIECE), mode);
            if (count > 0) {
                given += count;
                next.data(out.writerIndex(count));
            } else {
                out.release();
            }
        } while (count == PIECE);
    }

    /// How many times smaller it became, with two decimals.
    private String ratio() {
        long hundredths = given == 0 ? 0 : (taken * 1000 / given + 5) / 10;
        String text = Long.toString(hundredths + 1000);
        int length = text.length();
        return hundredths / 100 + "." + text.substring(length - 2);
    }
}
