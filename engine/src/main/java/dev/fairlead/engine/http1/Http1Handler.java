package dev.fairlead.engine.http1;

import dev.fairlead.engine.client.TlsFacts;
import dev.fairlead.engine.net.StraightRead;
import dev.fairlead.engine.proxy.ProxyHeader;
import dev.fairlead.engine.proxy.ProxyHeaderReader;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.model.http.ConnectionFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where a channel and its [Http1Connection] meet. The last handler of a client's pipeline.
final class Http1Handler extends ChannelInboundHandlerAdapter {
    private final LoopState loop;
    private final ListenerSlot slot;
    private final ListenerSlot.Service service;
    private @Nullable Http1Connection connection;

    /// @param loop of the channel's own event loop
    /// @param service what the listener's connections are served by at present
    Http1Handler(LoopState loop, ListenerSlot slot, ListenerSlot.Service service) {
        this.loop = loop;
        this.slot = slot;
        this.service = service;
    }

    /// The client does not speak TLS on a listener that does.
    ///
    /// @return whether it is heard nevertheless
    boolean hearsPlain() {
        Http1Connection present = connection;
        if (present == null) {
            return false;
        }
        boolean isAnswered = service.entry().headReading().plainAnswered();
        if (isAnswered) {
            present.opening().give();
            present.refuseAll(497, "client sent plain HTTP request to HTTPS port");
        } else {
            present.opening().failed(ConnectionFailure.TLS_FAILED);
            present.closeNow();
        }
        return isAnswered;
    }

    /// What came in front of everything else was no header of the PROXY protocol.
    void failed(ConnectionFailure why) {
        Http1Connection present = connection;
        if (present != null) {
            present.opening().failed(why);
        }
    }

    /// The client's handshake begins.
    void speaksTls(SslHandler handler, HostTls host, String serverName) {
        Http1Connection present = connection;
        if (present != null) {
            present.facts().tls(new TlsFacts(handler, host, serverName));
        }
    }

    /// A PROXY protocol header came in front of everything else.
    void proxied(ProxyHeader header) {
        Http1Connection present = connection;
        if (present != null) {
            present.facts().proxied(header);
            present.opening().headerRead();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        StraightRead.begin(context);
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
        Http1Connection started = new Http1Connection(loop, slot, context, service);
        connection = started;
        started.exchange().clear();
        if (!service.proxyProtocol() && service.entry().isHeaded(started.exchange())) {
            started.opening().awaitHeader();
            context.pipeline().addFirst(new ProxyHeaderReader(this::proxied, this::failed));
        }
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
        if (present != null && event instanceof SslHandshakeCompletionEvent handshake) {
            present.opening().shakenHands(handshake.cause());
        } else if (present != null
                && (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent)) {
            present.inputClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Http1Connection present = connection;
        if (present != null) {
            connection = null;
            present.closed();
        }
    }

    /// Errors of the socket: the client is gone in some way. There is nobody to tell.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Http1Connection present = connection;
        if (present != null && !(cause instanceof IOException)) {
            present.failed(cause);
        } else if (present != null) {
            present.opening().reset();
        }
        context.close();
    }
}
