package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A body that is passed on as it comes: its request is sent at once, and the client is read no faster than the
/// worker asks for more, but for a small stock. A client that waits for leave to send is given it when the worker
/// asks for the first time.
final class StreamedContent implements RequestContent, RequestBody.Receiver {
    private static final int STOCK_BYTES = INLINE_BYTES;

    private final ArrayDeque<ByteBuf> stock = new ArrayDeque<>(4);
    private @Nullable Exchange exchange;
    private @Nullable Owner owner;
    private @Nullable Reader reader;
    private @Nullable ByteBuf inline;
    private int wanted;
    private long announced;
    private long taken;
    private int stocked;
    private boolean isStarted;
    private boolean isPaused;
    private boolean isComplete;
    private boolean isBroken;
    private boolean isGivenAway;

    StreamedContent(Exchange exchange) {
        this.exchange = exchange;
        this.announced = exchange.head().contentLength();
    }

    @Override
    public void begin(Owner to) {
        Exchange from = exchange;
        owner = to;
        if (from != null && !RequestContent.isLeaveAwaited(from)) {
            start(from);
        }
        if (!isBroken) {
            to.contentReady();
        }
    }

    private void start(Exchange from) {
        isStarted = true;
        from.markBodyTaken();
        from.body().read(this);
    }

    @Override
    public void data(Exchange from, ByteBuf data) {
        if (from != exchange || !data.isReadable()) {
            data.release();
            return;
        }
        stock.add(data);
        stocked += data.readableBytes();
        taken += data.readableBytes();
        isComplete = taken == announced;
        answer();
        if (stocked >= STOCK_BYTES && !isPaused && !isComplete) {
            isPaused = true;
            from.body().pause();
        }
    }

    @Override
    public void end(Exchange from, Fields trailers) {
        if (from == exchange) {
            isComplete = true;
            answer();
        }
    }

    @Override
    public void failed(Exchange from, RequestBody.Failure failure) {
        Owner told = owner;
        if (from != exchange) {
            return;
        }
        isBroken = true;
        exchange = null;
        owner = null;
        answer();
        if (told != null) {
            told.contentFailed(BodyFailures.status(failure));
        }
    }

    @Override
    public ByteBuf inline() {
        ByteBuf known = inline;
        if (known == null) {
            known = stocked == 0 ? Unpooled.EMPTY_BUFFER : take(INLINE_BYTES);
            inline = known;
            goOn();
        }
        return known;
    }

    @Override
    public boolean isInlineAll() {
        inline();
        return isComplete && stocked == 0 && !isGivenAway;
    }

    @Override
    public void read(int most, Reader to) {
        inline();
        wanted = Math.max(1, Math.min(most, PIECE_BYTES));
        reader = to;
        answer();
        Exchange from = exchange;
        if (reader != null && from != null && !isStarted) {
            start(from);
        }
        goOn();
    }

    /// Answers the question that is open, if there is something to say.
    private void answer() {
        Reader to = reader;
        if (to == null || (stocked == 0 && !isComplete && !isBroken)) {
            return;
        }
        reader = null;
        if (stocked > 0) {
            isGivenAway = true;
            ByteBuf piece = take(wanted);
            to.piece(piece, isComplete && stocked == 0);
        } else if (isComplete) {
            to.piece(Unpooled.EMPTY_BUFFER, true);
        } else {
            to.broken();
        }
    }

    /// The oldest bytes of the stock in one piece.
    private ByteBuf take(int most) {
        int count = Math.min(most, stocked);
        stocked -= count;
        ByteBuf first = stock.element();
        if (first.readableBytes() == count) {
            return stock.remove();
        }
        if (first.readableBytes() > count) {
            return first.readRetainedSlice(count);
        }
        ByteBuf joined = ByteBufAllocator.DEFAULT.directBuffer(count);
        while (joined.readableBytes() < count) {
            ByteBuf next = stock.element();
            joined.writeBytes(next, Math.min(next.readableBytes(), count - joined.readableBytes()));
            if (!next.isReadable()) {
                stock.remove().release();
            }
        }
        return joined;
    }

    private void goOn() {
        Exchange from = exchange;
        if (isPaused && from != null && stocked < STOCK_BYTES / 2) {
            isPaused = false;
            from.body().resume();
        }
    }

    @Override
    public boolean rewind() {
        return !isGivenAway && !isBroken;
    }

    @Override
    public void release() {
        Exchange from = exchange;
        exchange = null;
        owner = null;
        reader = null;
        if (from != null && isPaused) {
            from.body().resume();
        }
        while (!stock.isEmpty()) {
            stock.remove().release();
        }
        stocked = 0;
        ByteBuf known = inline;
        inline = null;
        if (known != null) {
            known.release();
        }
    }
}
