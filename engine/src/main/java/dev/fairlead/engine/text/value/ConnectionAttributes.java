package dev.fairlead.engine.text.value;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Attributes of the client, its connection, and our end of it.
final class ConnectionAttributes {
    private ConnectionAttributes() {}

    static void addTo(Map<Attribute, Value> values, Clock clock) {
        values.put(Attribute.CLIENT_ADDRESS, exchange -> exchange.client().text());
        values.put(Attribute.CLIENT_PORT, exchange -> port(exchange.client()));
        values.put(
                Attribute.CLIENT_ADDRESS_BINARY,
                exchange -> new String(exchange.client().address(), StandardCharsets.ISO_8859_1));
        values.put(
                Attribute.PEER_ADDRESS,
                exchange -> exchange.connection().remote().text());
        values.put(Attribute.PEER_PORT, exchange -> port(exchange.connection().remote()));
        values.put(
                Attribute.SERVER_ADDRESS,
                exchange -> exchange.connection().local().text());
        values.put(Attribute.SERVER_PORT, exchange -> port(exchange.connection().local()));
        values.put(
                Attribute.CONNECTION,
                exchange -> Long.toString(exchange.connection().serial()));
        values.put(
                Attribute.CONNECTION_REQUESTS,
                exchange -> Long.toString(exchange.connection().requests()));
        values.put(Attribute.CONNECTION_TIME, exchange -> {
            long nanos = clock.monotonicNanos() - exchange.connection().openedNanos();
            return Times.seconds(Math.max(0, nanos / 1_000_000));
        });
        values.put(Attribute.SCHEME, exchange -> exchange.connection().isTls() ? "https" : "http");
        values.put(Attribute.HTTPS, exchange -> exchange.connection().isTls() ? "on" : "");
        values.put(Attribute.ASKED_ADDRESS, exchange -> {
            String set = exchange.values().fact(Attribute.ASKED_ADDRESS);
            return set == null ? asked(exchange).text() : set;
        });
        values.put(Attribute.ASKED_PORT, exchange -> {
            String set = exchange.values().fact(Attribute.ASKED_PORT);
            return set == null ? port(asked(exchange)) : set;
        });
        addProxyProtocol(values);
        addTcp(values);
    }

    private static Peer asked(Exchange exchange) {
        return exchange.connection().proxiedServer().orElseGet(exchange.connection()::local);
    }

    private static void addProxyProtocol(Map<Attribute, Value> values) {
        values.put(
                Attribute.PROXY_PROTOCOL_CLIENT_ADDRESS,
                exchange -> address(exchange.connection().proxiedClient()));
        values.put(
                Attribute.PROXY_PROTOCOL_CLIENT_PORT,
                exchange -> port(exchange.connection().proxiedClient()));
        values.put(
                Attribute.PROXY_PROTOCOL_SERVER_ADDRESS,
                exchange -> address(exchange.connection().proxiedServer()));
        values.put(
                Attribute.PROXY_PROTOCOL_SERVER_PORT,
                exchange -> port(exchange.connection().proxiedServer()));
    }

    private static void addTcp(Map<Attribute, Value> values) {
        values.put(Attribute.TCP_RTT, exchange -> tcp(exchange, 0));
        values.put(Attribute.TCP_RTT_VARIANCE, exchange -> tcp(exchange, 1));
        values.put(Attribute.TCP_SEND_WINDOW, exchange -> tcp(exchange, 2));
        values.put(Attribute.TCP_RECEIVE_SPACE, exchange -> tcp(exchange, 3));
        values.put(Attribute.TCP_UNACKNOWLEDGED, exchange -> tcp(exchange, 4));
        values.put(Attribute.TCP_SELECTIVELY_ACKNOWLEDGED, exchange -> tcp(exchange, 5));
        values.put(Attribute.TCP_SENT_AGAIN, exchange -> tcp(exchange, 6));
        values.put(Attribute.TCP_FORWARD_ACKNOWLEDGED, exchange -> tcp(exchange, 7));
        values.put(Attribute.TCP_LOST, exchange -> tcp(exchange, 8));
        values.put(Attribute.TCP_REORDERING, exchange -> tcp(exchange, 9));
    }

    private static @Nullable String tcp(Exchange exchange, int index) {
        return exchange.connection()
                .tcpFacts()
                .map(facts -> Long.toString(facts[index]))
                .orElse(null);
    }

    private static String port(Peer peer) {
        return peer.port() <= 0 ? "" : Integer.toString(peer.port());
    }

    private static @Nullable String port(Optional<Peer> peer) {
        return peer.map(ConnectionAttributes::port).orElse(null);
    }

    private static @Nullable String address(Optional<Peer> peer) {
        return peer.map(Peer::text).orElse(null);
    }
}
