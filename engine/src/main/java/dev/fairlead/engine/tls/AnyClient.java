package dev.fairlead.engine.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets every client finish the handshake: what its certificate is worth is judged afterwards, so that a bad
/// one can be answered with a page that says so.
final class AnyClient extends X509ExtendedTrustManager {
    private final X509Certificate[] announced;
    private final BiConsumer<X509Certificate[], SSLEngine> note;

    /// @param announced authorities the client is told of
    AnyClient(X509Certificate[] announced) {
        this(announced, (chain, engine) -> {});
    }

    /// @param announced authorities the client is told of
    /// @param note told of each client's chain while the handshake waits
    AnyClient(X509Certificate[] announced, BiConsumer<X509Certificate[], SSLEngine> note) {
        this.announced = announced;
        this.note = note;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        note.accept(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("for clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("for clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("for clients only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return announced.clone();
    }
}
