package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.net.LoopAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Writes a request to a connection, no faster than the other server takes it. What was held back can be written
/// again to the next server.
final class RequestSender {
    private static final int PIECE = 64 * 1024;
    private static final int HEAD = 512;
    private static final ByteBufAllocator BUFFERS = LoopAllocator.INSTANCE;

    private final RequestContent content;
    private boolean isChunked;
    private boolean isDone;
    private long fileAt;

    RequestSender(RequestContent content) {
        this.content = content;
    }

    /// Whether everything was written, though perhaps not flushed.
    boolean isDone() {
        return isDone;
    }

    /// Writes the head, and what is there of the body.
    ///
    /// @return bytes written
    long start(UpstreamConnection to, Exchange exchange, RequestHeadWriter writer, String url) {
        fileAt = 0;
        long length = length(exchange);
        isChunked = length == RequestHeadWriter.CHUNKED;
        ByteBuf head = BUFFERS.directBuffer(HEAD);
        writer.write(exchange, url, length, head);
        long sent = head.readableBytes();
        ByteBuf last = head;
        ByteBuf held = content.memory();
        if (held != null && held.isReadable()) {
            sent += held.readableBytes();
            to.write(head);
            last = held.retainedDuplicate();
        }
        isDone = !content.isPassed() && content.file() == null;
        if (isDone) {
            to.send(last);
        } else {
            to.write(last);
        }
        if (content.isPassed()) {
            // The beginning of the body is often here already.
            to.flushSoon();
        }
        return sent;
    }

    private long length(Exchange exchange) {
        if (content.isPassed()) {
            long known = exchange.head().contentLength();
            return known < 0 ? RequestHeadWriter.CHUNKED : known;
        }
        if (content.isHeld()) {
            return content.length();
        }
        return exchange.head().fields().has(FieldName.CONTENT_LENGTH)
                        && !exchange.body().isExpected()
                        && !exchange.head().isWithinAnother()
                ? 0
                : RequestHeadWriter.NO_BODY;
    }

    /// Writes on from a file while the other server takes it, or asks the client for more.
    ///
    /// @return bytes written
    long more(UpstreamConnection to) throws IOException {
        if (content.isPassed()) {
            content.reading(true);
            return 0;
        }
        TemporaryFile file = content.file();
        if (file == null || isDone) {
            return 0;
        }
        long before = fileAt;
        while (!isDone && to.channel().isWritable()) {
            int count = (int) Math.min(PIECE, content.length() - fileAt);
            fileAt += count;
            isDone = fileAt >= content.length();
            if (count > 0) {
                to.write(file.read(BUFFERS, fileAt - count, count));
            }
        }
        to.flush();
        return fileAt - before;
    }

    /// Passes a piece of the body on.
    ///
    /// @param data owned by this
    void pass(UpstreamConnection to, ByteBuf data) {
        if (!data.isReadable()) {
            data.release();
            return;
        }
        if (isChunked) {
            String size = Integer.toHexString(data.readableBytes()) + "\r\n";
            ByteBuf line = BUFFERS.directBuffer(size.length());
            line.writeCharSequence(size, StandardCharsets.ISO_8859_1);
            to.write(line);
            to.write(data);
            to.send(BUFFERS.directBuffer(2).writeShort('\r' << 8 | '\n'));
        } else {
            to.send(data);
        }
        if (!to.channel().isWritable()) {
            content.reading(false);
        }
    }

    /// The last piece was passed on.
    void passed(UpstreamConnection to) {
        if (isChunked) {
            ByteBuf last = BUFFERS.directBuffer(5);
            last.writeCharSequence("0\r\n\r\n", StandardCharsets.ISO_8859_1);
            to.send(last);
        }
        isDone = true;
    }

    void clear() {
        isDone = false;
    }
}
