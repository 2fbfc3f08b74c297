package dev.fairlead.engine.text.value;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.tls.CipherName;
import dev.fairlead.model.text.Attribute;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of a connection's TLS session; nothing of it without TLS.
final class TlsAttributes {
    private TlsAttributes() {}

    static void addTo(Map<Attribute, Value> values) {
        values.put(
                Attribute.TLS_PROTOCOL,
                exchange -> session(exchange).map(SSLSession::getProtocol).orElse(null));
        values.put(
                Attribute.TLS_CIPHER,
                exchange -> session(exchange)
                        .map(session -> CipherName.ofOpenSsl(session.getCipherSuite()))
                        .orElse(null));
        values.put(Attribute.TLS_SESSION_ID, TlsAttributes::sessionId);
        values.put(
                Attribute.TLS_SESSION_REUSED,
                exchange ->
                        exchange.connection().isTls() ? exchange.connection().isTlsResumed() ? "r" : "." : null);
        values.put(Attribute.TLS_CHOSEN_PROTOCOL, exchange -> {
            String chosen = exchange.connection().tlsChosenProtocol();
            return chosen.isEmpty() ? null : chosen;
        });
        values.put(
                Attribute.TLS_SERVER_CERTIFICATE_DER,
                exchange -> session(exchange)
                        .map(SSLSession::getLocalCertificates)
                        .filter(chain -> chain.length > 0)
                        .map(chain -> TlsClientAttributes.der(chain[0]))
                        .orElse(null));
        values.put(Attribute.TLS_SERVER_NAME, TlsAttributes::serverName);
        // Published by the connection where the TLS library says so.
        for (Attribute attribute : new Attribute[] {
            Attribute.TLS_CIPHERS,
            Attribute.TLS_CURVES,
            Attribute.TLS_EARLY_DATA,
            Attribute.TLS_OFFERED_PROTOCOLS,
            Attribute.TLS_OFFERED_VERSION,
            Attribute.FIRST_BYTES,
            Attribute.SERVER_FIRST_BYTES,
            Attribute.RDP_COOKIE,
            Attribute.RDP_COOKIE_VALUE
        }) {
            values.put(attribute, exchange -> exchange.values().fact(attribute));
        }
    }

    static Optional<SSLSession> session(Exchange exchange) {
        return exchange.connection().tlsSession();
    }

    private static @Nullable String sessionId(Exchange exchange) {
        return session(exchange)
                .map(session -> HexFormat.of().formatHex(session.getId()))
                .filter(id -> !id.isEmpty())
                .orElse(null);
    }

    private static @Nullable String serverName(Exchange exchange) {
        String name = exchange.connection().tlsServerName();
        return name.isEmpty() ? null : name;
    }
}
