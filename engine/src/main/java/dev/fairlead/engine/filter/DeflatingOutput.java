package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.text.Attribute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.Checksum;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses a body while it is sent, with what stands around it. Holds a compressor from the first byte to the
/// last, and no buffers between calls.
final class DeflatingOutput implements MemoryOutput {
    private static final int PIECE = 8 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final Exchange exchange;
    private final int level;
    private final DeflateWrapping wrapping;
    private final BodyOutput next;
    private final Checksum checksum;
    private @Nullable Deflater deflater;
    private long taken;
    private long given;
    private boolean isUnflushed;
    private boolean isOver;

    DeflatingOutput(Exchange exchange, int level, DeflateWrapping wrapping, BodyOutput next) {
        this.exchange = exchange;
        this.level = level;
        this.wrapping = wrapping;
        this.checksum = wrapping.checksum();
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
    public Exchange exchange() {
        return exchange;
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
        given += wrapping.end(checksum, taken, next);
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
            given += wrapping.begin(next);
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
