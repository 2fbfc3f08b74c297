package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.engine.net.OutgoingSockets;
import dev.fairlead.engine.net.Receiver;
import dev.fairlead.engine.proxy.ProxyHeaderWriter;
import dev.fairlead.engine.upstream.dial.FailureText;
import dev.fairlead.engine.upstream.dial.LocalAddress;
import dev.fairlead.engine.upstream.dial.Security;
import dev.fairlead.model.upstream.HealthCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// One health check, on a connection of its own: connects, asks, judges, hangs up. Belongs to one event loop.
final class ProbeRun extends ChannelInboundHandlerAdapter {
    private final HealthWatch watch;
    private final HealthWatch.Leg leg;
    private final HealthCheck check;
    private final Talk talk;
    private final Deadline deadline;
    private final SocketAddress to;
    private final @Nullable SocketAddress from;
    private final Channel channel;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private String doing = "connecting";
    private boolean isEnded;

    /// @param check what is common to all questions
    ProbeRun(HealthWatch watch, HealthWatch.Leg leg, HealthCheck check) {
        this.watch = watch;
        this.leg = leg;
        this.check = check;
        this.talk = Talk.of(leg.probe(), watch);
        this.deadline = new Deadline(watch.loop(), watch.clock(), () -> fail("timed out while " + doing));
        SocketAddress address = leg.address();
        Receiver inside = leg.security() == null ? watch.handovers().at(address) : null;
        this.to = inside == null ? watch.handovers().socket(address) : address;
        this.from = LocalAddress.of(leg.member().traits(), address);
        this.channel = inside == null ? OutgoingSockets.open(address, true, false) : inside.dial(address);
    }

    void begin() {
        HealthCheck.Pace pace = check.pace();
        Security security = leg.security();
        if (security != null) {
            channel.pipeline()
                    .addLast(security.handler(channel.alloc(), pace.connect().toNanos()));
        }
        channel.pipeline().addLast(this);
        watch.loop().register(channel);
        deadline.set(pace.connect().toNanos());
        ChannelFuture connecting = from == null ? channel.connect(to) : channel.connect(to, from);
        connecting.addListener(done -> {
            if (done.cause() != null) {
                fail(FailureText.reason(done.cause()));
            } else if (security == null) {
                ask();
            } else {
                // TLS was begun when the connection became active; the header has to go before it.
                doing = "agreeing on TLS";
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        leg.proxyHeader().ifPresent(version -> {
            ByteBuf header = ProxyHeaderWriter.write(version, Peer.UNIX, Peer.UNIX, channel.alloc());
            channel.pipeline().firstContext().writeAndFlush(header);
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            Throwable cause = handshake.isSuccess() ? objection(context) : handshake.cause();
            if (cause == null) {
                ask();
            } else {
                fail("TLS: " + cause.getMessage());
            }
        }
    }

    private @Nullable Throwable objection(ChannelHandlerContext context) {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        Security security = leg.security();
        return security == null || handler == null ? null : security.objection(handler);
    }

    private void ask() {
        if (isEnded) {
            return;
        }
        doing = "waiting for the answer";
        deadline.set(check.pace().answer().toNanos());
        ByteBuf opening = talk.opening(channel.alloc());
        if (opening == null) {
            hear(false);
        } else {
            channel.writeAndFlush(opening);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (isEnded) {
            data.release();
            return;
        }
        if (unread.isReadable()) {
            unread = Unpooled.wrappedBuffer(unread, data);
        } else {
            unread.release();
            unread = data;
        }
        if (unread.readableBytes() > 2 * Talk.LONGEST) {
            fail("the answer is too long");
        } else {
            hear(false);
        }
    }

    private void hear(boolean isAll) {
        while (!isEnded) {
            switch (talk.hear(unread, isAll)) {
                case Talk.Verdict.Well well -> end(well);
                case Talk.Verdict.Leaving leaving -> end(leaving);
                case Talk.Verdict.Said said -> end(said);
                case Talk.Verdict.Unwell unwell -> end(unwell);
                case Talk.Verdict.Open(var say) -> {
                    if (say == null) {
                        return;
                    }
                    channel.writeAndFlush(say);
                }
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!isEnded && doing.startsWith("waiting")) {
            hear(true);
        }
        fail("the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(FailureText.reason(cause));
    }

    /// Ends it without a verdict.
    void abandon() {
        isEnded = true;
        close();
    }

    private void fail(String reason) {
        end(new Talk.Verdict.Unwell(reason));
    }

    private void end(Talk.Verdict verdict) {
        if (!isEnded) {
            isEnded = true;
            close();
            watch.checked(verdict);
        }
    }

    private void close() {
        deadline.close();
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
        channel.close();
    }
}
