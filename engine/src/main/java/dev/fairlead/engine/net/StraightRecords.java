package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Between TLS and the socket. What is sent by [StraightSend] is sealed here and goes out at once, if nothing
/// waits before it: Netty's handler for TLS, which would queue it, make a promise for it and take it out again, has
/// nothing to do with it (about a hundredth of the processor time of a small answer). A record that this handler
/// makes itself and that is flushed at once goes past Netty's queue, too. Most answers are one record. Several go
/// the usual way, in one call of the kernel.
public final class StraightRecords extends ChannelOutboundHandlerAdapter {
    /// The longest plain text of one record (RFC 8446, section 5.1).
    private static final int LONGEST = 16 << 10;

    /// More than any cipher adds to a record: header, nonce, code and padding, twice where an old one makes two of
    /// one.
    private static final int ROOM = 256;

    private final SslHandler tls;
    private @Nullable ByteBuf record;
    private @Nullable ChannelPromise promise;

    /// @param tls the handler behind this one
    public StraightRecords(SslHandler tls) {
        this.tls = tls;
    }

    /// Seals and sends.
    ///
    /// @param own this handler's; nothing waits on its channel
    /// @param data owned by this if it was sent, else what is left has to be written
    /// @return whether it was
    boolean isSealed(ChannelHandlerContext own, ByteBuf data) {
        int size = data.readableBytes();
        if (size == 0
                || size > LONGEST
                || record != null
                || data.nioBufferCount() != 1
                || !tls.handshakeFuture().isSuccess()) {
            return false;
        }
        ByteBuf sealed = own.alloc().directBuffer(size + ROOM);
        SSLEngineResult result;
        try {
            ByteBuffer into = sealed.internalNioBuffer(0, sealed.capacity());
            result = tls.engine().wrap(data.internalNioBuffer(data.readerIndex(), size), into);
        } catch (SSLException broken) {
            // The usual way meets the same error, and knows what to do about it.
            sealed.release();
            return false;
        }
        data.skipBytes(result.bytesConsumed());
        sealed.writerIndex(result.bytesProduced());
        boolean isDone =
                !data.isReadable() && result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
        if (!isDone) {
            // Something else is to be said or done for TLS, behind this.
            own.write(sealed, own.voidPromise());
            return false;
        }
        if (!StraightSend.isSent(own, sealed)) {
            own.writeAndFlush(sealed, own.voidPromise());
        }
        data.release();
        return true;
    }

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
