package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Peer;
import dev.fairlead.engine.net.Deadline;
import dev.fairlead.engine.net.Receiver;
import dev.fairlead.engine.proxy.ProxyHeaderWriter;
import dev.fairlead.model.upstream.HealthCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// One health check, on a connection of its own: connects, asks, judges, hangs up. Belongs to one event loop.
final class ProbeRun extends ChannelInboundHandlerAdapter {
    private final HealthWatch watch;
    private final HealthWatch.Order order;
    private final Talk talk;
    private final Deadline deadline;
    private final SocketAddress to;
    private final Channel channel;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;
    private String doing = "connecting";
    private boolean isEnded;

    ProbeRun(HealthWatch watch, HealthWatch.Order order) {
        this.watch = watch;
        this.order = order;
        this.talk = Talk.of(order.check().probe());
        this.deadline = new Deadline(watch.loop(), watch.clock(), () -> end(false, "timed out while " + doing));
        Receiver inside = order.security() == null ? watch.handovers().at(order.address()) : null;
        this.to = inside == null ? watch.handovers().socket(order.address()) : order.address();
        this.channel = inside == null ? Dialer.socket(order.address()) : inside.dial(order.address());
    }

    void begin() {
        HealthCheck.Pace pace = order.check().pace();
        Security security = order.security();
        if (security != null) {
            channel.pipeline()
                    .addLast(security.handler(channel.alloc(), pace.connect().toNanos()));
        }
        channel.pipeline().addLast(this);
        watch.loop().register(channel);
        deadline.set(pace.connect().toNanos());
        channel.connect(to).addListener(done -> {
            if (done.cause() != null) {
                end(false, FailureText.reason(done.cause()));
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
        order.check().proxyHeader().ifPresent(version -> {
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
                end(false, "TLS: " + cause.getMessage());
            }
        }
    }

    private @Nullable Throwable objection(ChannelHandlerContext context) {
        SslHandler handler = context.pipeline().get(SslHandler.class);
        Security security = order.security();
        return security == null || handler == null ? null : security.objection(handler);
    }

    private void ask() {
        if (isEnded) {
            return;
        }
        doing = "waiting for the answer";
        deadline.set(order.check().pace().answer().toNanos());
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
            end(false, "the answer is too long");
        } else {
            hear(false);
        }
    }

    private void hear(boolean isAll) {
        while (!isEnded) {
            switch (talk.hear(unread, isAll)) {
                case Talk.Verdict.Well(String how) -> end(true, how);
                case Talk.Verdict.Unwell(String why) -> end(false, why);
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
        end(false, "the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(false, FailureText.reason(cause));
    }

    /// Ends it without a verdict.
    void abandon() {
        isEnded = true;
        close();
    }

    private void end(boolean isWell, String reason) {
        if (!isEnded) {
            isEnded = true;
            close();
            watch.checked(isWell, reason);
        }
    }

    private void close() {
        deadline.close();
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
        channel.close();
    }
}
