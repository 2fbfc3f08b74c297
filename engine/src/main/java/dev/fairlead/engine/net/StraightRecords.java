package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/// Between TLS and the socket: a record that is flushed at once goes to the socket past Netty's queue
/// ([StraightSend]). Most answers are one record. Several go the usual way, in one call of the kernel.
public final class StraightRecords extends ChannelOutboundHandlerAdapter {
    private @Nullable ByteBuf record;
    private @Nullable ChannelPromise promise;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise done) {
        if (record == null && message instanceof ByteBuf data && data.isReadable()) {
            record = data;
            promise = done;
        } else {
            queue(context);
            context.write(message, done);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        ByteBuf data = record;
        ChannelPromise done = promise;
        if (data != null && done != null && StraightSend.isSent(context, data)) {
            record = null;
            promise = null;
            done.trySuccess();
        } else {
            queue(context);
            context.flush();
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise done) {
        queue(context);
        context.close(done);
    }

    @Override
    public void disconnect(ChannelHandlerContext context, ChannelPromise done) {
        queue(context);
        context.disconnect(done);
    }

    @Override
    public void deregister(ChannelHandlerContext context, ChannelPromise done) {
        queue(context);
        context.deregister(done);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        queue(context);
    }

    private void queue(ChannelHandlerContext context) {
        ByteBuf data = record;
        ChannelPromise done = promise;
        if (data != null && done != null) {
            record = null;
            promise = null;
            context.write(data, done);
        }
    }
}
