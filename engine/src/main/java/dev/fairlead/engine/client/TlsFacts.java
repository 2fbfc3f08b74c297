package dev.fairlead.engine.client;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.engine.tls.Resumption;
import dev.fairlead.model.text.Attribute;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of a connection's TLS, once its handshake is complete.
public final class TlsFacts {
    private final SslHandler handler;
    private final HostTls host;
    private final String serverName;
    private HostTls.@Nullable Verdict verdict;

    /// @param host whose handshake it is
    /// @param serverName that the client asked for; empty for none
    public TlsFacts(SslHandler handler, HostTls host, String serverName) {
        this.handler = handler;
        this.host = host;
        this.serverName = serverName;
    }

    public SslHandler handler() {
        return handler;
    }

    public SSLSession session() {
        return handler.engine().getSession();
    }

    String serverName() {
        return serverName;
    }

    String chosenProtocol() {
        String chosen = handler.applicationProtocol();
        return chosen == null ? "" : chosen;
    }

    boolean isResumed() {
        return Resumption.happened(handler);
    }

    /// For conditions and texts about the client's certificate.
    ///
    /// @return what it is worth
    public HostTls.Verdict tell(Exchange exchange) {
        HostTls.Verdict verdict = verdict();
        exchange.values().fact(Attribute.TLS_CLIENT_VERIFY, verdict.text());
        exchange.values().fact(Attribute.TLS_CLIENT_VERIFY_NUMBER, verdict.number());
        return verdict;
    }

    /// What the client's certificate is worth. Judged once.
    public HostTls.Verdict verdict() {
        HostTls.Verdict known = verdict;
        if (known == null) {
            known = host.judge(session());
            verdict = known;
        }
        return known;
    }
}
