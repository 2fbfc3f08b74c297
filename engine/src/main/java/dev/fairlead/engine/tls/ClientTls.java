package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.TlsClient;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateExecutor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// TLS to another server, ready for connections.
public final class ClientTls {
    private static final Pattern BARE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final SslContext context;
    private final TlsClient settings;

    private final boolean asksOthers;

    ClientTls(SslContext context, TlsClient settings) {
        this.context = context;
        this.settings = settings;
        this.asksOthers = settings.verify() && settings.checks().status().isPresent();
    }

    /// A handler for one connection. Whoever uses it asks [#accepts] before anything is passed on.
    ///
    /// @param name what the server's certificate is checked for and, where it is sent, SNI says
    public SslHandler newHandler(ByteBufAllocator allocator, String name, int port, Duration handshakeTimeout) {
        // A name that the engine is given is sent as SNI; one that is not sent is checked afterwards.
        SslHandler handler = settings.sendServerName()
                ? context.newHandler(allocator, name, port, threads())
                : context.newHandler(allocator, threads());
        if (settings.sendServerName() && isBareName(name)) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            handler.engine().setSSLParameters(parameters);
        }
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    /// Who does what a handshake has to wait for.
    private Executor threads() {
        return asksOthers ? StatusInquiry.threads() : ImmediateExecutor.INSTANCE;
    }

    /// Whether the server's certificate bears the name, where that was not found out in the handshake already.
    /// To be asked before anything is passed on.
    public boolean accepts(SslHandler handler, String name) {
        boolean isChecked = settings.verify() && settings.checkName() && !settings.sendServerName();
        return !isChecked || bearsName(handler.engine().getSession(), name);
    }

    /// A name without a dot is not sent by the TLS library of itself.
    private static boolean isBareName(String name) {
        return BARE.matcher(name).matches();
    }

    private static boolean bearsName(SSLSession session, String name) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate first
                    && CertificateNames.matches(first, name);
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }
}
