package dev.fairlead.engine.stream;

import dev.fairlead.engine.client.TlsFacts;
import dev.fairlead.engine.net.StraightRead;
import dev.fairlead.engine.net.StraightRecords;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.model.http.ConnectionFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Waits for the ClientHello of a client whose TLS ends here, chooses the host by the name in it, and gives way
/// to that host's TLS.
final class TlsByName extends AbstractSniHandler<StreamService> {
    private static final byte[] UNRECOGNISED_NAME = {0x15, 3, 1, 0, 2, 2, 112};

    private final StreamSession session;
    private final StreamEntry entry;

    TlsByName(StreamSession session, StreamEntry entry) {
        this.session = session;
        this.entry = entry;
    }

    /// Puts it before the session.
    ///
    /// @param here the session's context
    /// @param isAskedFor whether the client has to ask for TLS in words of its protocol first
    static void await(ChannelHandlerContext here, StreamSession session, StreamEntry entry, boolean isAskedFor) {
        Runnable byName = () -> here.pipeline().addBefore(here.name(), null, new TlsByName(session, entry));
        if (isAskedFor) {
            here.pipeline().addBefore(here.name(), null, new Asked(session, byName));
        } else {
            byName.run();
        }
    }

    @Override
    protected Future<StreamService> lookup(ChannelHandlerContext context, @Nullable String name) {
        return context.executor().newSucceededFuture(entry.byName().find(name));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, @Nullable String name, Future<StreamService> found) {
        StreamService service = found.getNow();
        HostTls ofHost = service.tls();
        HostTls tls = ofHost == null ? null : ofHost.forName(name);
        if (tls == null || tls.rejects()) {
            session.opening().failed(ConnectionFailure.TLS_FAILED);
            ByteBuf alert = Unpooled.wrappedBuffer(UNRECOGNISED_NAME);
            context.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        SslHandler handler = tls.newHandler(context.alloc(), service.settings().handshakeTimeout());
        session.securedBy(new TlsFacts(handler, tls, name == null ? "" : name), service);
        context.pipeline().addBefore(context.name(), null, new StraightRecords(handler));
        context.pipeline().replace(this, null, handler);
        StraightRead.begin(context.pipeline().context(handler));
    }
}
