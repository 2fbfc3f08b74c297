package dev.fairlead.engine.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;

/// Whether a handshake went on with a session that client and server had before (RFC 8446, 2.2).
public final class Resumption {
    private Resumption() {}

    /// False also once the connection is closed.
    public static boolean happened(SslHandler handler) {
        return handler.engine() instanceof ReferenceCountedOpenSslEngine engine
                && engine.sslPointer() != 0
                && SSL.isSessionReused(engine.sslPointer());
    }
}
