package dev.fairlead.engine.text.value;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.UpstreamFacts.Attempt;
import dev.fairlead.engine.tls.CipherName;
import dev.fairlead.engine.tls.Resumption;
import dev.fairlead.model.text.Attribute;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What is known of the connection to the server that was tried last; nothing of it before it stands.
final class UpstreamLinkAttributes {
    private UpstreamLinkAttributes() {}

    static void addTo(Map<Attribute, Value> values) {
        values.put(Attribute.UPSTREAM_LOCAL_IP, exchange -> {
            Peer own = own(exchange);
            return own == null ? null : own.text();
        });
        values.put(Attribute.UPSTREAM_LOCAL_PORT, exchange -> {
            Peer own = own(exchange);
            return own == null ? null : Integer.toString(own.port());
        });
        values.put(Attribute.UPSTREAM_NUMBER, exchange -> {
            Attempt last = UpstreamAttributes.last(exchange);
            return last == null || last.number() == 0 ? null : Integer.toString(last.number());
        });
        values.put(Attribute.UPSTREAM_PROTOCOL, exchange -> {
            Attempt last = UpstreamAttributes.last(exchange);
            return last == null || last.minorVersion() < 0 ? null : "HTTP/1." + last.minorVersion();
        });
        addTls(values);
    }

    private static void addTls(Map<Attribute, Value> values) {
        values.put(Attribute.UPSTREAM_TLS, exchange -> tls(exchange, handler -> "on"));
        values.put(
                Attribute.UPSTREAM_TLS_PROTOCOL,
                exchange -> tls(exchange, handler -> session(handler).getProtocol()));
        values.put(
                Attribute.UPSTREAM_TLS_CIPHER,
                exchange -> tls(
                        exchange,
                        handler -> CipherName.ofOpenSsl(session(handler).getCipherSuite())));
        values.put(
                Attribute.UPSTREAM_TLS_SESSION_ID,
                exchange ->
                        tls(exchange, handler -> new String(session(handler).getId(), StandardCharsets.ISO_8859_1)));
        values.put(
                Attribute.UPSTREAM_TLS_SESSION_REUSED,
                exchange -> tls(exchange, handler -> Resumption.happened(handler) ? "r" : "."));
        values.put(Attribute.UPSTREAM_TLS_CHOSEN_PROTOCOL, exchange -> tls(exchange, SslHandler::applicationProtocol));
        values.put(
                Attribute.UPSTREAM_TLS_CERTIFICATE_DER, exchange -> tls(exchange, UpstreamLinkAttributes::certificate));
    }

    private static @Nullable String tls(Exchange exchange, Function<SslHandler, @Nullable String> what) {
        Attempt last = UpstreamAttributes.last(exchange);
        SslHandler handler = last == null ? null : last.tls();
        return handler == null ? null : what.apply(handler);
    }

    private static SSLSession session(SslHandler handler) {
        return handler.engine().getSession();
    }

    private static @Nullable String certificate(SslHandler handler) {
        try {
            Certificate[] chain = session(handler).getPeerCertificates();
            return chain.length == 0 ? null : TlsClientAttributes.der(chain[0]);
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private static @Nullable Peer own(Exchange exchange) {
        Attempt last = UpstreamAttributes.last(exchange);
        Channel channel = last == null ? null : last.channel();
        SocketAddress address = channel == null ? null : channel.localAddress();
        return address instanceof InetSocketAddress inet ? Peer.of(inet) : null;
    }
}
