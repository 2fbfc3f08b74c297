package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.HeldBody;
import dev.fairlead.engine.upstream.TemporaryFile;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A body that is taken in whole before its request is sent, so that no worker waits for a client: in memory
/// up to
/// 256 KiB, or what the location's settings allow if that is more, then in a temporary file.
final class WholeContent implements RequestContent, RequestBody.Receiver {
    private static final int MEMORY_BYTES = 256 * 1024;

    private @Nullable Exchange exchange;
    private @Nullable HeldBody held;
    private @Nullable ByteBuf inline;
    private @Nullable Owner owner;
    private dev.fairlead.model.http.@Nullable RequestBody settings;
    private long at;

    WholeContent(Exchange exchange) {
        this.exchange = exchange;
    }

    /// A body that an earlier handler of the same request took in: this one answers for an error, or instead.
    WholeContent(Exchange exchange, HeldBody kept) {
        this.exchange = exchange;
        kept.retain();
        held = kept;
    }

    @Override
    public void begin(Owner to) {
        Exchange from = exchange;
        if (from == null || held != null) {
            to.contentReady();
            return;
        }
        owner = to;
        HeldBody body = new HeldBody();
        held = body;
        body.retain();
        from.keepBody(body);
        from.markBodyTaken();
        settings = withMemory(from.place().settings().requestBody());
        from.body().read(this);
    }

    private static dev.fairlead.model.http.RequestBody withMemory(dev.fairlead.model.http.RequestBody given) {
        return given.memoryBytes() >= MEMORY_BYTES
                ? given
                : new dev.fairlead.model.http.RequestBody(
                        given.maxBytes(), MEMORY_BYTES, given.timeout(), given.temporaryFolder(), given.inFile());
    }

    @Override
    public void data(Exchange from, ByteBuf data) {
        HeldBody to = held;
        dev.fairlead.model.http.RequestBody how = settings;
        try {
            if (from == exchange && to != null && how != null) {
                to.add(data, from.head().contentLength(), how);
            }
        } catch (IOException failed) {
            from.place().report(from, LogLevel.ERROR, "cannot store a request body: " + failed.getMessage());
            fail(BodyFailures.CANNOT_STORE);
        } finally {
            data.release();
        }
    }

    @Override
    public void end(Exchange from, Fields trailers) {
        HeldBody complete = held;
        Owner told = owner;
        if (from == exchange && complete != null && told != null) {
            complete.complete();
            owner = null;
            told.contentReady();
        }
    }

    @Override
    public void failed(Exchange from, RequestBody.Failure failure) {
        if (from == exchange) {
            fail(BodyFailures.status(failure));
        }
    }

    private void fail(int status) {
        Owner told = owner;
        owner = null;
        exchange = null;
        if (told != null) {
            told.contentFailed(status);
        }
    }

    @Override
    public ByteBuf inline() {
        ByteBuf known = inline;
        if (known == null) {
            ByteBuf memory = held == null ? null : held.memory();
            known = memory == null
                    ? Unpooled.EMPTY_BUFFER
                    : memory.readableBytes() <= INLINE_BYTES
                            ? memory
                            : memory.slice(memory.readerIndex(), INLINE_BYTES);
            inline = known;
            at = known.readableBytes();
        }
        return known;
    }

    @Override
    public boolean isInlineAll() {
        return inline().readableBytes() == length();
    }

    private long length() {
        return held == null ? 0 : held.length();
    }

    @Override
    public void read(int most, Reader reader) {
        inline();
        int count = (int) Math.min(Math.min(most, PIECE_BYTES), length() - at);
        ByteBuf piece;
        try {
            piece = count == 0 ? Unpooled.EMPTY_BUFFER : piece(at, count);
        } catch (IOException failed) {
            reader.broken();
            return;
        }
        at += count;
        reader.piece(piece, at == length());
    }

    private ByteBuf piece(long from, int count) throws IOException {
        HeldBody body = held;
        ByteBuf memory = body == null ? null : body.memory();
        if (memory != null) {
            return memory.retainedSlice(memory.readerIndex() + (int) from, count);
        }
        TemporaryFile file = body == null ? null : body.file();
        if (file == null) {
            throw new IOException("the body was released");
        }
        return file.read(ByteBufAllocator.DEFAULT, from, count);
    }

    @Override
    public boolean rewind() {
        at = inline().readableBytes();
        return true;
    }

    @Override
    public void release() {
        owner = null;
        exchange = null;
        inline = null;
        HeldBody present = held;
        held = null;
        if (present != null) {
            present.release();
        }
    }
}
