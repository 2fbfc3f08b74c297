package dev.fairlead.engine.stream;

import dev.fairlead.model.stream.StreamSettings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Holds a client's first bytes until it is known whether they are a ClientHello, and what it says; or what a
/// remote desktop's client says. Then gives way.
final class HelloWait extends ChannelInboundHandlerAdapter {
    private final StreamSession session;
    private final StreamSettings.Preread limits;
    private @Nullable ByteBuf held;

    HelloWait(StreamSession session, StreamSettings.Preread limits) {
        this.session = session;
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        ByteBuf all = held;
        if (all == null) {
            all = data;
        } else {
            all = context.alloc().buffer(all.readableBytes() + data.readableBytes());
            ByteBuf before = Objects.requireNonNull(held);
            all.writeBytes(before).writeBytes(data);
            before.release();
            data.release();
        }
        held = all;
        RdpRequest desktop = limits.awaitsDesktop() ? RdpRequest.read(all) : RdpRequest.NONE;
        ClientHello hello = desktop == null ? null : ClientHello.read(all);
        if (desktop != null && hello != null) {
            goOn(context, hello, desktop);
        } else if (all.readableBytes() > limits.mostBytes()) {
            session.unreadable("preread buffer full");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            expired(context);
        }
        context.fireUserEventTriggered(event);
    }

    /// The wait is over without a whole ClientHello.
    void expired(ChannelHandlerContext context) {
        if (limits.refusesOthers()) {
            session.unreadable("client sent no TLS handshake in time");
        } else {
            goOn(context, ClientHello.NONE, RdpRequest.NONE);
        }
    }

    private void goOn(ChannelHandlerContext context, ClientHello hello, RdpRequest desktop) {
        ByteBuf all = held;
        held = null;
        String bytes = all == null ? "" : all.toString(StandardCharsets.ISO_8859_1);
        session.said(new FirstWords(hello, desktop, bytes));
        if (all != null) {
            context.fireChannelRead(all);
        }
        if (context.channel().isOpen()) {
            context.pipeline().remove(this);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf left = held;
        held = null;
        if (left != null) {
            left.release();
        }
    }
}
