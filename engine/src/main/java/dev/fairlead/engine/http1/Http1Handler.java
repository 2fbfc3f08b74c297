package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.ExchangeEntry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a channel and its [Http1Connection] meet. The last handler of a client's pipeline.
public final class Http1Handler extends ChannelInboundHandlerAdapter {
    private final LoopState loop;
    private final Supplier<ExchangeEntry> entries;
    private @Nullable Http1Connection connection;

    /// @param loop of the channel's own event loop
    /// @param entries asked before each request, so that a request sees the generation present when it begins
    public Http1Handler(LoopState loop, Supplier<ExchangeEntry> entries) {
        this.loop = loop;
        this.entries = entries;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            start(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (connection == null) {
            start(context);
        }
    }

    private void start(ChannelHandlerContext context) {
        loop.counters().opened();
        Http1Connection started = new Http1Connection(loop, entries, context);
        connection = started;
        started.opened();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Http1Connection present = connection;
        if (present == null || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        present.received(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Http1Connection present = connection;
        if (present != null) {
            present.receivedAll();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Http1Connection present = connection;
        if (present != null) {
            present.writabilityChanged();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        Http1Connection present = connection;
        if (present != null && event == ChannelInputShutdownEvent.INSTANCE) {
            present.inputClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Http1Connection present = connection;
        if (present != null) {
            connection = null;
            present.closed();
            loop.counters().closed();
        }
    }

    /// Errors of the socket: the client is gone in some way. There is nobody to tell.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Http1Connection present = connection;
        if (present != null && !(cause instanceof java.io.IOException)) {
            present.failed(cause);
        }
        context.close();
    }
}
