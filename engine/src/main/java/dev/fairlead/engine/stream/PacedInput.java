package dev.fairlead.engine.stream;

import dev.fairlead.engine.net.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Passes what comes from one side of a [Relay] on no faster than so many bytes per second, and how it ends
/// behind it. Reading stops meanwhile; what comes all the same, because the other end has ended and its last
/// bytes are read at once, is kept here. Belongs to one event loop.
final class PacedInput extends ChannelInboundHandlerAdapter {
    private static final int MOST_AT_ONCE = 16 << 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long rate;
    private final StreamLoop loop;
    private final Runnable reading;
    private final Deadline waiting;
    private final long begunNanos;
    private final ArrayDeque<Object> kept = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private long total;
    private boolean isGone;

    /// @param rate in bytes per second
    /// @param reading has the channel read, or not, as [#isFree] says
    private PacedInput(long rate, StreamLoop loop, Runnable reading) {
        this.rate = rate;
        this.loop = loop;
        this.reading = reading;
        this.waiting = new Deadline(loop.loop(), loop.clock(), this::goOn);
        this.begunNanos = loop.clock().monotonicNanos();
    }

    /// @param last the handler of the channel that the bytes are for
    /// @return null where the rate is zero: there is nothing to do
    static @Nullable PacedInput before(
            ChannelHandler last, ChannelHandlerContext any, long rate, StreamLoop loop, Runnable reading) {
        if (rate == 0) {
            return null;
        }
        PacedInput paced = new PacedInput(rate, loop, reading);
        any.pipeline().addBefore(any.pipeline().context(last).name(), null, paced);
        return paced;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /// Whether the channel may be read.
    boolean isFree() {
        return kept.isEmpty() && !waiting.isSet();
    }

    /// How long nothing is passed on at most from now on, because of us.
    long waitNanos() {
        return isFree() ? 0 : Math.max(0, dueNanos() - loop.clock().monotonicNanos());
    }

    /// Bytes that had come before, and what to do behind them.
    void early(@Nullable ByteBuf data, Runnable behind) {
        if (data != null) {
            keep(data);
        }
        keep(behind);
        goOn(Objects.requireNonNull(context));
    }

    private void took(int bytes) {
        total += bytes;
        waiting.set(dueNanos() - loop.clock().monotonicNanos());
    }

    private long dueNanos() {
        return begunNanos + (long) ((double) total / rate * SECOND);
    }

    /// Nothing more is passed on.
    void end() {
        waiting.close();
        kept.forEach(ReferenceCountUtil::release);
        kept.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        keep(message);
        goOn(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        reading.run();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        keep(event);
        goOn(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isGone = true;
        goOn(context);
    }

    private void keep(Object message) {
        kept.add(message);
    }

    private void goOn() {
        ChannelHandlerContext present = Objects.requireNonNull(context);
        goOn(present);
        present.fireChannelReadComplete();
        reading.run();
    }

    private void goOn(ChannelHandlerContext context) {
        while (!kept.isEmpty() && !waiting.isSet()) {
            switch (kept.element()) {
                case ByteBuf data -> piece(context, data);
                case Runnable task -> {
                    kept.remove();
                    task.run();
                }
                default -> context.fireUserEventTriggered(kept.remove());
            }
        }
        if (isGone && kept.isEmpty()) {
            isGone = false;
            context.fireChannelInactive();
        }
    }

    private void piece(ChannelHandlerContext context, ByteBuf data) {
        int most = (int) Math.min(rate, MOST_AT_ONCE);
        ByteBuf piece = data;
        if (data.readableBytes() > most) {
            piece = data.readRetainedSlice(most);
        } else {
            kept.remove();
        }
        took(piece.readableBytes());
        context.fireChannelRead(piece);
    }
}
