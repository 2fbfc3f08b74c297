package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Expands a body that was compressed with gzip (RFC 1952), member after member, while it is sent. One that is
/// broken or ends early breaks the answer off.
final class GunzipOutput implements Stage, MemoryOutput {
    private static final int PIECE = 16 << 10;
    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private BodyOutput next;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final GzipFrame frame = new GzipFrame();
    private boolean isOver;

    GunzipOutput(Exchange exchange, BodyOutput next) {
        this.exchange = exchange;
        this.next = next;
    }

    @Override
    public void addBehind(UnaryOperator<BodyOutput> make) {
        next = Stage.behind(next, make);
    }

    @Override
    public void data(ByteBuf data) {
        try {
            while (!isOver && data.isReadable()) {
                if (frame.isInBody()) {
                    expand(data);
                } else {
                    frame.take(data, (int) checksum.getValue(), (int) inflater.getBytesWritten());
                    if (frame.isInBody()) {
                        inflater.reset();
                        checksum.reset();
                    }
                }
            }
        } catch (DataFormatException broken) {
            breakOff(String.valueOf(broken.getMessage()));
        } finally {
            data.release();
        }
    }

    private void expand(ByteBuf data) throws DataFormatException {
        inflater.setInput(data.nioBuffer());
        int count;
        do {
            ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(PIECE, PIECE);
            count = 0;
            try {
                count = inflater.inflate(out.internalNioBuffer(0, PIECE));
            } finally {
                if (count == 0) {
                    out.release();
                }
            }
            if (count > 0) {
                out.writerIndex(count);
                checksum.update(out.internalNioBuffer(0, count));
                next.data(out);
            }
        } while (count > 0 && !inflater.finished());
        if (inflater.needsDictionary()) {
            throw new DataFormatException("a dictionary is asked for");
        }
        data.readerIndex(data.writerIndex() - inflater.getRemaining());
        inflater.setInput(NOTHING);
        if (inflater.finished()) {
            frame.bodyEnded();
        }
    }

    private void breakOff(String fault) {
        exchange.place().report(exchange, LogLevel.ERROR, "inflate() failed: " + fault);
        release();
        exchange.carrier().abort();
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
        if (frame.isBetweenMembers()) {
            release();
            next.end(trailers);
        } else {
            breakOff("the response ended within compressed data");
        }
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public void release() {
        if (!isOver) {
            isOver = true;
            inflater.end();
        }
        next.release();
    }
}
