package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/// Writes and flushes one buffer, past Netty's queue where nothing waits in it: the socket is given the bytes at
/// once. Most answers and requests are one buffer that the kernel takes whole; to queue it, to look through the
/// queue and to take it out again was a fiftieth of the processor time of a small request. Where TLS is spoken it
/// is sealed on the way, past the queue of Netty's handler for TLS ([StraightRecords]). What the kernel does not
/// take, and whatever has another handler before the socket, goes the usual way. What is passed on inside the
/// program goes straight, too.
public final class StraightSend {
    private StraightSend() {}

    /// @param context of the last handler before the socket, or of one that has others before it
    /// @param data owned by this
    public static void send(ChannelHandlerContext context, ByteBuf data) {
        if (!isSent(context, data) && !isSealed(context, data)) {
            context.writeAndFlush(data, context.voidPromise());
        }
    }

    private static boolean isSealed(ChannelHandlerContext context, ByteBuf data) {
        ChannelHandlerContext first = context.pipeline().firstContext();
        return first != null
                && first.handler() instanceof StraightRecords records
                && isIdle(context.channel())
                && records.isSealed(first, data);
    }

    /// Sends what can be sent straight.
    ///
    /// @param data owned by this if it was sent whole, else what is left has to be written
    /// @return whether it was
    @SuppressWarnings("ReferenceEquality") // There is one context for each handler of a pipeline.
    static boolean isSent(ChannelHandlerContext context, ByteBuf data) {
        Channel channel = context.channel();
        if (channel.pipeline().firstContext() != context || !isIdle(channel)) {
            return false;
        }
        if (channel instanceof HandoverChannel inside) {
            return inside.pass(data);
        }
        if (channel instanceof AbstractEpollStreamChannel socket && isTaken(socket, data)) {
            data.release();
            return true;
        }
        return false;
    }

    /// Nothing waits, flushed or not, before TLS or behind it; a channel that is closed has no queue.
    private static boolean isIdle(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && waiting.isEmpty() && waiting.totalPendingWriteBytes() == 0;
    }

    private static boolean isTaken(AbstractEpollStreamChannel channel, ByteBuf data) {
        if (!data.hasMemoryAddress() || !channel.isActive() || !(channel.fd() instanceof Socket socket)) {
            return false;
        }
        try {
            int count = socket.sendAddress(data.memoryAddress(), data.readerIndex(), data.writerIndex());
            data.skipBytes(Math.max(0, count));
        } catch (IOException broken) {
            // The usual way meets the same error, and knows what to do about it.
            return false;
        }
        return !data.isReadable();
    }
}
