package dev.fairlead.engine.upstream.dial;

import dev.fairlead.engine.tls.ClientTls;
import dev.fairlead.engine.tls.ServerRefused;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How connections of one destination are secured.
///
/// @param name what the server's certificate is checked for and SNI says
public record Security(ClientTls tls, String name, int port) {
    public SslHandler handler(ByteBufAllocator buffers, long patienceNanos) {
        return tls.newHandler(buffers, name, port, Duration.ofNanos(patienceNanos));
    }

    /// What is wrong with a server that TLS was agreed on with; null if nothing is. To be asked before anything
    /// is passed on.
    @Nullable
    public Throwable objection(SslHandler handler) {
        return tls.accepts(handler, name) ? null : ServerRefused.otherName(name);
    }
}
