package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Counters;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.net.StraightSend;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes the body of a response in its framing. What is small is gathered in one buffer with the head; what is
/// large is passed on without copying.
final class ResponseWriter {
    private static final int COPIED = 4096;
    private static final int GATHERED = 16384;
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final ChannelHandlerContext context;
    private @Nullable ByteBuf gathered;
    private boolean isChunked;
    private boolean hasBody;
    private long remaining;
    private boolean isFileInFlight;
    private boolean isComplete;

    ResponseWriter(ChannelHandlerContext context) {
        this.context = context;
    }

    /// How many bytes behind the head to make room for.
    static int roomFor(long contentLength, boolean chunked) {
        if (contentLength >= 0) {
            return contentLength <= COPIED ? (int) contentLength : 0;
        }
        return chunked ? 512 : 0;
    }

    /// @param head its bytes, owned by the writer
    /// @param length of the body, or [Response#UNKNOWN]
    void begin(ByteBuf head, boolean body, boolean chunked, long length) {
        push();
        gathered = head;
        isComplete = false;
        hasBody = body;
        isChunked = chunked;
        remaining = length;
        isFileInFlight = false;
    }

    void data(ByteBuf data, Counters counters) {
        int count = fitting(data.readableBytes());
        if (count == 0) {
            data.release();
            return;
        }
        if (count < data.readableBytes()) {
            data.writerIndex(data.readerIndex() + count);
        }
        counters.addBodySent(count);
        chunkSize(count);
        if (count <= COPIED) {
            gather(count).writeBytes(data);
            data.release();
        } else {
            push();
            context.write(data, context.voidPromise());
        }
        chunkEnd();
    }

    /// Only for sockets whose bytes are not changed on the way.
    void file(OpenFile file, long offset, long length, Counters counters) {
        long count = fitting(length);
        if (count == 0) {
            file.release();
            return;
        }
        counters.addBodySent(count);
        chunkSize(count);
        push();
        context.write(new FileStretch(file, offset, count), context.voidPromise());
        isFileInFlight = true;
        chunkEnd();
    }

    /// Whether part of the response is a file that Netty does not count as waiting to be sent.
    boolean isFileInFlight() {
        return isFileInFlight;
    }

    /// Completes the body. What was gathered waits for [#flush()], or for the next response.
    ///
    /// @return whether the body was as long as announced
    boolean end(Fields trailers) {
        if (hasBody && isChunked) {
            ByteBuf out = gather(LAST_CHUNK.length + trailers.storedLength() + 2);
            out.writeBytes(LAST_CHUNK);
            trailers.writeTo(out);
            out.writeShort(('\r' << 8) | '\n');
        }
        isComplete = true;
        return !hasBody || remaining <= 0;
    }

    /// Sends what was gathered, and what the channel has.
    void flush() {
        ByteBuf last = gathered;
        if (last == null) {
            context.flush();
        } else {
            gathered = null;
            StraightSend.send(context, last);
        }
    }

    /// Hands over to the channel what was gathered if it is the end of a response.
    void pushComplete() {
        if (isComplete) {
            push();
        }
    }

    /// Hands over to the channel what was gathered.
    void push() {
        ByteBuf full = gathered;
        if (full != null) {
            gathered = null;
            context.write(full, context.voidPromise());
        }
    }

    /// Forgets what was not handed over.
    void drop() {
        ByteBuf full = gathered;
        if (full != null) {
            gathered = null;
            full.release();
        }
    }

    private int fitting(int count) {
        return (int) fitting((long) count);
    }

    /// What may be sent of so many bytes: nothing where there is no body, no more than was announced.
    private long fitting(long count) {
        if (!hasBody) {
            return 0;
        }
        if (remaining == Response.UNKNOWN) {
            return count;
        }
        long fits = Math.min(count, remaining);
        remaining -= fits;
        return fits;
    }

    private void chunkSize(long count) {
        if (!isChunked) {
            return;
        }
        ByteBuf out = gather(18);
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(count)) / 4);
        for (int i = digits - 1; i >= 0; i--) {
            out.writeByte(HEX[(int) (count >>> (4 * i)) & 15]);
        }
        out.writeShort(('\r' << 8) | '\n');
    }

    private void chunkEnd() {
        if (isChunked) {
            gather(2).writeShort(('\r' << 8) | '\n');
        }
    }

    private ByteBuf gather(int room) {
        ByteBuf present = gathered;
        if (present != null && present.readableBytes() + room > GATHERED) {
            push();
            present = null;
        }
        if (present == null) {
            present = context.alloc().directBuffer(Math.max(256, room + 64));
            gathered = present;
        }
        return present;
    }
}
