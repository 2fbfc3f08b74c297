package dev.fairlead.engine.stream;

import dev.fairlead.engine.net.OutgoingSockets;
import dev.fairlead.engine.net.Outlet;
import dev.fairlead.engine.net.Receiver;
import dev.fairlead.engine.net.StraightRecords;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// The server's end of a [Relay]. A relay has one after the other until a server takes the connection.
final class ServerSide extends ChannelInboundHandlerAdapter {
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 << 10, 128 << 10);

    private final Relay relay;
    private final Channel channel;
    /// One that takes nothing more may still have said something; the end of that is told as any end.
    private final boolean isProgram;
    private @Nullable Outlet outlet;
    private @Nullable SslHandler tls;
    private boolean isEnded;

    private ServerSide(Relay relay, Channel channel, boolean isProgram) {
        this.relay = relay;
        this.isProgram = isProgram;
        this.channel = channel;
    }

    /// A channel that is not connected yet and reads nothing.
    ///
    /// @param inside a listener of our own that is there; null for a socket
    static ServerSide of(
            Relay relay, SocketAddress address, @Nullable Receiver inside, boolean noDelay, boolean keepAlive) {
        return of(
                relay,
                inside == null ? OutgoingSockets.open(address, noDelay, keepAlive) : inside.dial(address),
                false);
    }

    /// A channel of a program's input and output.
    ///
    /// @param descriptor owned by this
    static ServerSide of(Relay relay, int descriptor) {
        return of(relay, OutgoingSockets.adopt(descriptor), true);
    }

    private static ServerSide of(Relay relay, Channel channel, boolean isProgram) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        config.setWriteBufferWaterMark(WATER);
        ServerSide side = new ServerSide(relay, channel, isProgram);
        channel.pipeline().addLast(side);
        return side;
    }

    Channel channel() {
        return channel;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        outlet = new Outlet(context);
    }

    /// @param data owned by this; it waits for [#flush()]
    void write(ByteBuf data) {
        Outlet out = outlet;
        if (out == null) {
            data.release();
        } else {
            out.write(data);
        }
    }

    /// Behind what was written, and before the channel is ended in any other way than at once.
    void flush() {
        Outlet out = outlet;
        if (out != null) {
            out.flush();
        }
    }

    /// Closed once all that was written is sent.
    void closeBehind() {
        flush();
        Farewell.closeBehind(channel);
    }

    /// Nothing more is sent; what comes is still read.
    void endOutput() {
        flush();
        Farewell.endOutput(channel, tls);
    }

    ChannelHandlerContext context() {
        return channel.pipeline().context(this);
    }

    /// Null without TLS.
    @Nullable
    SslHandler tls() {
        return tls;
    }

    /// Something is asked in the clear first.
    void ask(Asking asking) {
        channel.config().setAutoRead(true);
        channel.pipeline().addFirst(asking);
    }

    /// From now on TLS is spoken; the relay is told when it is agreed on.
    void secure(SslHandler handler) {
        tls = handler;
        channel.config().setAutoRead(true);
        channel.pipeline().addFirst(new StraightRecords(handler), handler);
    }

    void reading(boolean on) {
        if (channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf data) {
            relay.fromServer(this, data);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        relay.serverReadComplete(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        relay.serverWritable(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            relay.secured(this, handshake.cause());
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended(false);
        } else if (event instanceof SslCloseCompletionEvent) {
            ended(true);
        }
    }

    private void ended(boolean byTls) {
        if (!isEnded) {
            isEnded = true;
            relay.serverEnded(this, byTls);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Outlet out = outlet;
        if (out != null) {
            out.drop();
        }
        relay.serverClosed(this, false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!isProgram) {
            relay.serverClosed(this, true);
            context.close();
        }
    }
}
