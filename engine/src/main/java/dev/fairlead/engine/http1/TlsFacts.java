package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.engine.tls.Resumption;
import dev.fairlead.model.text.Attribute;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of a connection's TLS, once its handshake is complete.
final class TlsFacts {
    private final SslHandler handler;
    private final HostTls host;
    private final String serverName;
    private HostTls.@Nullable Verdict verdict;

    TlsFacts(SslHandler handler, HostTls host, String serverName) {
        this.handler = handler;
        this.host = host;
        this.serverName = serverName;
    }

    SSLSession session() {
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
    void tell(Exchange exchange) {
        HostTls.Verdict verdict = verdict();
        exchange.values().fact(Attribute.TLS_CLIENT_VERIFY, verdict.text());
        exchange.values().fact(Attribute.TLS_CLIENT_VERIFY_NUMBER, verdict.number());
    }

    /// What the client's certificate is worth. Judged once.
    HostTls.Verdict verdict() {
        HostTls.Verdict known = verdict;
        if (known == null) {
            known = host.judge(session());
            verdict = known;
        }
        return known;
    }
}
