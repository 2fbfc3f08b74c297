package dev.fairlead.engine.upstream;

import dev.fairlead.engine.tls.ClientTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/// How connections of one destination are secured.
///
/// @param name what the server's certificate is checked for and SNI says
record Security(ClientTls tls, String name, int port) {
    SslHandler handler(ByteBufAllocator buffers, long patienceNanos) {
        return tls.newHandler(buffers, name, port, Duration.ofNanos(patienceNanos));
    }
}
