package dev.fairlead.engine.text.value;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.KeptBody;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The value of each attribute.
public final class Attributes {
    private Attributes() {}

    public static Map<Attribute, Value> all(Traffic traffic, Clock clock) {
        Map<Attribute, Value> values = new EnumMap<>(Attribute.class);
        RequestAttributes.addTo(values, clock);
        ConnectionAttributes.addTo(values, clock);
        TlsAttributes.addTo(values);
        TlsClientAttributes.addTo(values, clock);
        UpstreamAttributes.addTo(values);
        UpstreamLinkAttributes.addTo(values);
        addTimes(values, clock);
        addTraffic(values, traffic);
        addFacts(values);
        return values;
    }

    private static void addTimes(Map<Attribute, Value> values, Clock clock) {
        Times local = Times.local(clock);
        Times iso = Times.iso8601(clock);
        values.put(Attribute.TIME_LOCAL, exchange -> local.now());
        Times plain = Times.plain(clock);
        values.put(Attribute.TIME_LOCAL_MILLISECONDS, exchange -> {
            long began = exchange.counters().startedWallMillis();
            long millis = Math.floorMod(began, 1000L);
            return plain.at(began) + "." + (millis < 10 ? "00" : millis < 100 ? "0" : "") + millis;
        });
        values.put(Attribute.TIME_ISO8601, exchange -> iso.now());
        values.put(
                Attribute.BEGUN_UNIX_TIME,
                exchange -> Times.seconds(exchange.counters().startedWallMillis()));
        values.put(Attribute.UNIX_SECONDS, exchange -> Long.toString(clock.wallMillis() / 1000));
        values.put(Attribute.UNIX_TIME, exchange -> Times.seconds(clock.wallMillis()));
    }

    private static void addTraffic(Map<Attribute, Value> values, Traffic traffic) {
        values.put(Attribute.CONNECTIONS_ACTIVE, exchange -> Long.toString(traffic.active()));
        values.put(Attribute.CONNECTIONS_READING, exchange -> Long.toString(traffic.reading()));
        values.put(Attribute.CONNECTIONS_WRITING, exchange -> Long.toString(traffic.writing()));
        values.put(Attribute.CONNECTIONS_WAITING, exchange -> Long.toString(traffic.waiting()));
    }

    /// What some other part publishes when it knows it.
    private static void addFacts(Map<Attribute, Value> values) {
        for (Attribute attribute : new Attribute[] {
            Attribute.COMPRESSION_RATIO,
            Attribute.SERVER_TIMEOUT_MILLISECONDS,
            Attribute.TUNNEL_TIMEOUT_MILLISECONDS,
            Attribute.REQUEST_LIMIT_STATUS,
            Attribute.CONNECTION_LIMIT_STATUS,
            Attribute.CONNECTION_FAILURE,
            Attribute.BACK_NAME,
            Attribute.BACK_CONNECTIONS
        }) {
            values.put(attribute, exchange -> exchange.values().fact(attribute));
        }
        values.put(Attribute.REQUEST_BODY, exchange -> kept(exchange, KeptBody::text));
        values.put(Attribute.REQUEST_BODY_FILE, exchange -> kept(exchange, KeptBody::fileName));
    }

    private static @Nullable String kept(Exchange exchange, Function<KeptBody, String> what) {
        KeptBody body = exchange.keptBody();
        String text = body == null ? "" : what.apply(body);
        return text.isEmpty() ? null : text;
    }
}
