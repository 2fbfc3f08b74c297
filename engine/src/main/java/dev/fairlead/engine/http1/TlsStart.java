package dev.fairlead.engine.http1;

import dev.fairlead.engine.net.StraightRead;
import dev.fairlead.engine.net.StraightRecords;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.engine.tls.ServerTls;
import dev.fairlead.model.http.ConnectionFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The first handler of a connection to a TLS listener: looks whether the client speaks TLS at all, and if so
/// at the name it asks for; then gives way to that host's TLS.
final class TlsStart extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE_RECORD = 0x16;
    private static final int OLD_HELLO = 0x80;

    private final ServerTls tls;
    private final Http1Handler http;
    private final Duration timeout;

    /// @param timeout for the handshake
    TlsStart(ServerTls tls, Http1Handler http, Duration timeout) {
        this.tls = tls;
        this.http = http;
        this.timeout = timeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            int first = bytes.getUnsignedByte(bytes.readerIndex());
            if (first == HANDSHAKE_RECORD || (first & OLD_HELLO) != 0) {
                context.pipeline().addAfter(context.name(), null, new ByName());
            } else if (!http.hearsPlain()) {
                bytes.release();
                return;
            }
            context.pipeline().remove(this);
        }
        // Goes to whoever took the place behind this handler.
        context.fireChannelRead(message);
    }

    /// Waits for the whole ClientHello.
    private final class ByName extends AbstractSniHandler<HostTls> {
        @Override
        protected Future<HostTls> lookup(ChannelHandlerContext context, @Nullable String name) {
            return context.executor().newSucceededFuture(tls.forName(name));
        }

        @Override
        protected void onLookupComplete(ChannelHandlerContext context, @Nullable String name, Future<HostTls> found) {
            HostTls host = found.getNow();
            if (host.rejects()) {
                http.failed(ConnectionFailure.TLS_FAILED);
                context.writeAndFlush(unrecognisedName()).addListener(ChannelFutureListener.CLOSE);
                return;
            }
            SslHandler handler = host.newHandler(context.alloc(), timeout);
            http.speaksTls(handler, host, name == null ? "" : name);
            context.pipeline().addBefore(context.name(), null, new StraightRecords(handler));
            context.pipeline().replace(this, null, handler);
            StraightRead.begin(context.pipeline().context(handler));
        }

        private static ByteBuf unrecognisedName() {
            return Unpooled.wrappedBuffer(new byte[] {0x15, 3, 1, 0, 2, 2, 112});
        }
    }
}
