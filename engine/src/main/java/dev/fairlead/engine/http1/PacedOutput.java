package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of a response that must not go out as fast as it is written: because a rate is set, or because it
/// holds files that have to be read for TLS. Pieces wait here in order. Belongs to one connection.
final class PacedOutput {
    /// What waits.
    private sealed interface Piece permits Piece.Data, Piece.End, Stretch {
        record Data(ByteBuf bytes) implements Piece {}

        record End(Fields trailers) implements Piece {}
    }

    /// The rest of a file.
    private static final class Stretch implements Piece {
        private final OpenFile file;
        private long offset;
        private long length;

        private Stretch(OpenFile file, long offset, long length) {
            this.file = file;
            this.offset = offset;
            this.length = length;
        }
    }

    private static final int READ = 64 << 10;
    private static final int MOST_WAITING = 256 << 10;
    private static final long SECOND = 1_000_000_000L;

    private final ChannelHandlerContext context;
    private final LoopState loop;
    private final Exchange exchange;
    private final ResponseWriter writer;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>(1);
    private boolean copiesFiles;
    private long rate;
    private long fastStart;
    private long startedNanos;
    private long passed;
    private long waiting;
    private @Nullable Future<?> timer;

    PacedOutput(ChannelHandlerContext context, LoopState loop, Exchange exchange, ResponseWriter writer) {
        this.context = context;
        this.loop = loop;
        this.exchange = exchange;
        this.writer = writer;
    }

    /// A response begins.
    ///
    /// @param bytesPerSecond 0 for no limit
    /// @param files whether files are read here rather than handed to the kernel
    void begin(long now, long bytesPerSecond, long fastStartBytes, boolean files) {
        drop();
        rate = bytesPerSecond;
        fastStart = fastStartBytes;
        copiesFiles = files;
        passed = 0;
        startedNanos = now;
    }

    /// Whether what is written has to wait here.
    boolean isNeeded() {
        return rate > 0 || !pieces.isEmpty();
    }

    boolean isNeededForFile() {
        return isNeeded() || copiesFiles;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean isFull() {
        return waiting > MOST_WAITING;
    }

    void data(ByteBuf data) {
        waiting += data.readableBytes();
        pieces.add(new Piece.Data(data));
    }

    void file(OpenFile file, long offset, long length) {
        pieces.add(new Stretch(file, offset, length));
    }

    void end(Fields trailers) {
        Fields kept = new Fields(trailers.storedLength());
        for (int field = 0; field < trailers.size(); field++) {
            if (trailers.isPresent(field)) {
                kept.addFrom(trailers, field);
            }
        }
        pieces.add(new Piece.End(kept));
    }

    /// Passes on what may go now.
    ///
    /// @return the trailers once the end has come
    /// @throws IOException if a file cannot be read on
    @Nullable
    Fields pump(Runnable later) throws IOException {
        while (!pieces.isEmpty() && context.channel().isWritable()) {
            if (pieces.peek() instanceof Piece.End end) {
                pieces.remove();
                return end.trailers();
            }
            long allowed = allowed();
            if (allowed <= 0) {
                wakeUp(later, -allowed);
                return null;
            }
            passed += pass(pieces.element(), allowed);
        }
        return null;
    }

    private long pass(Piece piece, long allowed) throws IOException {
        return switch (piece) {
            case Piece.Data(ByteBuf bytes) -> passData(bytes, allowed);
            case Stretch stretch -> copiesFiles ? passCopied(stretch, allowed) : passStretch(stretch, allowed);
            case Piece.End end -> 0;
        };
    }

    private long passData(ByteBuf bytes, long allowed) {
        int count = bytes.readableBytes();
        if (count > allowed) {
            count = (int) allowed;
            writer.data(bytes.readRetainedSlice(count), exchange.counters());
        } else {
            pieces.remove();
            writer.data(bytes, exchange.counters());
        }
        waiting -= count;
        return count;
    }

    private long passStretch(Stretch stretch, long allowed) {
        long count = Math.min(stretch.length, allowed);
        stretch.file.retain();
        writer.file(stretch.file, stretch.offset, count, exchange.counters());
        advance(stretch, count);
        return count;
    }

    private long passCopied(Stretch stretch, long allowed) throws IOException {
        int wanted = (int) Math.min(Math.min(stretch.length, READ), allowed);
        ByteBuf piece = context.alloc().directBuffer(wanted);
        int count;
        try {
            count = piece.writeBytes(stretch.file.channel(), stretch.offset, wanted);
        } catch (IOException failed) {
            piece.release();
            throw failed;
        }
        if (count <= 0) {
            piece.release();
            throw new IOException("the file became shorter");
        }
        writer.data(piece, exchange.counters());
        advance(stretch, count);
        return count;
    }

    private void advance(Stretch stretch, long count) {
        stretch.offset += count;
        stretch.length -= count;
        if (stretch.length == 0) {
            pieces.remove();
            stretch.file.release();
        }
    }

    /// Bytes that may go now; if none, the negated nanoseconds until some may.
    private long allowed() {
        if (rate == 0) {
            return Long.MAX_VALUE;
        }
        // As in nginx, a second's worth goes at once, and whole seconds count.
        long seconds = (loop.clock().monotonicNanos() - startedNanos) / SECOND + 1;
        long allowed = rate * seconds + fastStart - passed;
        return allowed > 0
                ? allowed
                : Math.min(-1, -(SECOND - (loop.clock().monotonicNanos() - startedNanos) % SECOND));
    }

    private void wakeUp(Runnable later, long nanos) {
        if (timer == null) {
            timer = loop.loop()
                    .schedule(
                            () -> {
                                timer = null;
                                later.run();
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /// Forgets what waits.
    void drop() {
        Future<?> asked = timer;
        if (asked != null) {
            timer = null;
            asked.cancel(false);
        }
        Piece piece = pieces.poll();
        while (piece != null) {
            switch (piece) {
                case Piece.Data(ByteBuf bytes) -> bytes.release();
                case Stretch stretch -> stretch.file.release();
                case Piece.End end -> {}
            }
            piece = pieces.poll();
        }
        waiting = 0;
    }
}
