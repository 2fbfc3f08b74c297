package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Lets several ranges of a body pass, each as a part of its own (multipart/byteranges). The body has to come
/// in one piece, because ranges may be in any order.
final class MultiRangeOutput implements PassingOutput {
    private final Exchange exchange;
    private final Ranges ranges;
    private final long whole;
    private final String opening;
    private final String closing;
    private final BodyOutput next;
    private boolean isWritten;

    MultiRangeOutput(Exchange exchange, Ranges ranges, String boundary, String contentType, BodyOutput next) {
        this.exchange = exchange;
        this.ranges = ranges;
        this.whole = exchange.response().contentLength();
        String type = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
        this.opening = "\r\n--" + boundary + "\r\n" + type + "Content-Range: bytes ";
        this.closing = "\r\n--" + boundary + "--\r\n";
        this.next = next;
    }

    /// Bytes of the body that is sent.
    long length() {
        long sum = closing.length();
        for (int range = 0; range < ranges.count(); range++) {
            sum += partHead(range).length() + ranges.end(range) - ranges.start(range);
        }
        return sum;
    }

    private String partHead(int range) {
        return opening + ranges.text(range) + "\r\n\r\n";
    }

    @Override
    public BodyOutput next() {
        return next;
    }

    @Override
    public void data(ByteBuf data) {
        if (data.isReadable() && isWhole(data.readableBytes())) {
            for (int range = 0; range < ranges.count(); range++) {
                text(partHead(range));
                int from = data.readerIndex() + (int) ranges.start(range);
                next.data(data.retainedSlice(from, (int) (ranges.end(range) - ranges.start(range))));
            }
            text(closing);
        }
        data.release();
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        if (isWhole(length)) {
            for (int range = 0; range < ranges.count(); range++) {
                text(partHead(range));
                file.retain();
                next.file(file, offset + ranges.start(range), ranges.end(range) - ranges.start(range));
            }
            text(closing);
        }
        file.release();
    }

    private boolean isWhole(long length) {
        boolean good = !isWritten && length == whole;
        if (!good) {
            exchange.place().report(exchange, LogLevel.ALERT, "ranges of a body that comes in pieces");
            exchange.carrier().abort();
        }
        isWritten = true;
        return good;
    }

    private void text(String text) {
        next.data(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
