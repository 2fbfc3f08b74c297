package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.IoEvent;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Gives the first handler of a connection what comes, past Netty's reading and its pipeline: on an event that
/// tells of bytes and of nothing else the socket is read into a buffer of the loop, and the handler is called. To
/// go the usual way was a thirtieth of the processor time of a small message that is passed on. Everything that is
/// not simply bytes goes that way still: the end, failures, a connection whose reading is off or that has yet
/// another handler before that one at present (TLS that is about to begin, a header of the PROXY protocol). Both
/// ways may alternate as they please. Belongs to one event loop.
public final class StraightRead {
    /// As many as Netty makes, before others have their turn.
    private static final int MOST_READS = 16;

    private static final int SMALLEST = 2 << 10;
    private static final int LARGEST = 64 << 10;

    private final AbstractEpollStreamChannel channel;
    private final ChannelHandlerContext context;
    private final boolean isTls;
    private int size = SMALLEST;
    private boolean isBroken;
    private boolean hasEmptied;

    private StraightRead(AbstractEpollStreamChannel channel, ChannelHandlerContext context) {
        this.channel = channel;
        this.context = context;
        this.isTls = context.handler() instanceof SslHandler;
    }

    /// From the next event on, where it is possible and while it is; in place of what was begun for the channel
    /// before. To be called on its loop.
    ///
    /// @param context of a handler that has none before it, or none but [StraightRecords], whenever it is called;
    /// null for one that has left already
    public static void begin(@Nullable ChannelHandlerContext context) {
        if (context != null
                && context.channel() instanceof AbstractEpollStreamChannel channel
                && context.handler() instanceof ChannelInboundHandler
                && Thread.currentThread() instanceof LoopThread loop) {
            loop.readStraight(channel.unsafe(), new StraightRead(channel, context));
        }
    }

    /// @return false if nothing was done and the event is Netty's
    boolean take(IoEvent event) {
        if (!(event instanceof EpollIoEvent happened)
                || !EpollIoOps.EPOLLIN.equals(happened.ops())
                || !mayRead()
                || !(channel.fd() instanceof Socket socket)
                || !(Thread.currentThread() instanceof LoopThread loop)) {
            return false;
        }
        hasEmptied = false;
        boolean hasRead = false;
        boolean isFull = true;
        for (int reads = 0; isFull && reads < MOST_READS && (reads == 0 || mayRead()); reads++) {
            ByteBuf data = read(loop, socket);
            if (data == null) {
                break;
            }
            hasRead = true;
            isFull = !data.isWritable();
            adapt(data.readableBytes());
            DirectCall.read(context, data);
        }
        hasEmptied |= !isFull;
        if (hasRead) {
            DirectCall.complete(context);
        }
        return hasRead || isBroken;
    }

    /// Whether the last event left nothing in the socket.
    boolean hasEmptied() {
        return hasEmptied;
    }

    @SuppressWarnings("ReferenceEquality") // There is one context for each handler of a pipeline.
    private boolean mayRead() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        boolean isFirst = first == context
                || (first != null && first.handler() instanceof StraightRecords && !context.isRemoved() && isTls);
        return isFirst && channel.config().isAutoRead() && channel.isActive();
    }

    /// Null where there is nothing, or the end: then Netty looks for itself, and meets the same.
    private @Nullable ByteBuf read(LoopThread loop, Socket socket) {
        ByteBuf data = loop.buffers().take(size);
        loop.arrivals().one();
        int count = 0;
        try {
            if (data.hasMemoryAddress()) {
                count = socket.recvAddress(data.memoryAddress(), 0, data.capacity());
            }
        } catch (IOException broken) {
            isBroken = true;
            channel.pipeline().fireExceptionCaught(broken);
        }
        if (count > 0) {
            return data.writerIndex(count);
        }
        hasEmptied = count == 0 && !isBroken;
        data.release();
        return null;
    }

    /// What a connection sends is read into a buffer that is not much larger, since it may have to wait in it.
    private void adapt(int count) {
        if (count == size) {
            size = Math.min(LARGEST, size << 2);
        } else if (count < size >> 2) {
            size = Math.max(SMALLEST, size >> 1);
        }
    }
}
