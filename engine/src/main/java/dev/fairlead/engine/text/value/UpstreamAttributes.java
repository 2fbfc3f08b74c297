package dev.fairlead.engine.text.value;

import dev.fairlead.engine.http.Ending;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.http.UpstreamFacts.Attempt;
import dev.fairlead.engine.http.UpstreamFacts.Trouble;
import dev.fairlead.model.text.Attribute;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What happened at other servers, in nginx's form: one entry for each server tried, separated by `, `; and by
/// ` : ` where an internal redirect led to another group of servers. An attempt without an address stands for
/// that redirect.
final class UpstreamAttributes {
    private UpstreamAttributes() {}

    static void addTo(Map<Attribute, Value> values) {
        values.put(
                Attribute.UPSTREAM_HOST, exchange -> orNull(exchange.upstream().host()));
        values.put(
                Attribute.UPSTREAM_PORT, exchange -> orNull(exchange.upstream().port()));
        values.put(Attribute.UPSTREAM_ADDRESS, exchange -> list(exchange, Attempt::address));
        values.put(Attribute.UPSTREAM_SERVER, UpstreamAttributes::server);
        values.put(
                Attribute.UPSTREAM_CONNECT_MILLISECONDS,
                orAtOnce(exchange -> millis(last(exchange), Attempt::connectNanos)));
        values.put(Attribute.UPSTREAM_ANSWER_MILLISECONDS, orAtOnce(UpstreamAttributes::answerMillis));
        values.put(Attribute.ENDING, Ending::of);
        addWaits(values);
        values.put(
                Attribute.UPSTREAM_STATUS,
                exchange -> list(exchange, each -> each.status() == 0 ? "-" : Integer.toString(each.status())));
        values.put(Attribute.UPSTREAM_RESPONSE_TIME, exchange -> times(exchange, Attempt::responseNanos));
        values.put(Attribute.UPSTREAM_CONNECT_TIME, exchange -> times(exchange, Attempt::connectNanos));
        values.put(Attribute.UPSTREAM_HEADER_TIME, exchange -> times(exchange, Attempt::headerNanos));
        values.put(
                Attribute.UPSTREAM_RESPONSE_LENGTH,
                exchange -> list(exchange, each -> Long.toString(each.responseLength())));
        values.put(
                Attribute.UPSTREAM_BYTES_RECEIVED,
                exchange -> list(exchange, each -> Long.toString(each.bytesReceived())));
        values.put(Attribute.UPSTREAM_BYTES_SENT, exchange -> list(exchange, each -> Long.toString(each.bytesSent())));
    }

    private static void addWaits(Map<Attribute, Value> values) {
        values.put(
                Attribute.HEAD_MILLISECONDS,
                exchange -> millis(exchange.counters().headNanos()));
        values.put(Attribute.QUEUE_MILLISECONDS, orAtOnce(UpstreamAttributes::queueMillis));
        values.put(
                Attribute.UPSTREAM_QUEUE,
                exchange -> Long.toString(exchange.upstream().waited()));
        values.put(
                Attribute.SERVER_QUEUE,
                exchange -> Long.toString(exchange.upstream().waitedForServer()));
        values.put(Attribute.SERVER_CONNECTIONS, UpstreamAttributes::serverConnections);
        values.put(Attribute.RETRIES, UpstreamAttributes::retries);
        values.put(Attribute.BOND_STATES, exchange -> exchange.upstream().bond());
        values.put(Attribute.UPSTREAM_IP, exchange -> place(exchange, true));
        values.put(Attribute.UPSTREAM_IP_PORT, exchange -> place(exchange, false));
    }

    /// Whoever answers instead of a server did so at once.
    private static Value orAtOnce(Value millis) {
        return exchange -> last(exchange) == null && exchange.values().fact(Attribute.UPSTREAM_SERVER) != null
                ? "0"
                : millis.find(exchange);
    }

    private static String queueMillis(Exchange exchange) {
        Attempt last = last(exchange);
        long head = exchange.counters().headNanos();
        if (last == null || head < 0 || (last.tally() == null && last.trouble() != Trouble.LATE)) {
            return "-1";
        }
        return millis(Math.max(0, last.startedNanos() - exchange.counters().startedNanos() - head));
    }

    private static String serverConnections(Exchange exchange) {
        Attempt last = last(exchange);
        return last == null ? "0" : Integer.toString(last.load());
    }

    private static String retries(Exchange exchange) {
        int tries = 0;
        boolean isElsewhere = false;
        String server = "";
        for (Attempt attempt : exchange.upstream().attempts()) {
            if (attempt.tally() != null) {
                isElsewhere |= tries > 0 && !attempt.server().equals(server);
                server = attempt.server();
                tries++;
            }
        }
        return (isElsewhere ? "+" : "") + Math.max(0, tries - 1);
    }

    private static @Nullable String place(Exchange exchange, boolean isAddress) {
        Attempt last = last(exchange);
        if (last == null || last.tally() == null) {
            return null;
        }
        int colon = last.address().lastIndexOf(':');
        return isAddress
                ? last.address().substring(0, colon < 0 ? last.address().length() : colon)
                : last.address().substring(colon + 1);
    }

    static String millis(long nanos) {
        return nanos < 0 ? "-1" : Long.toString(nanos / 1_000_000);
    }

    static @Nullable Attempt last(Exchange exchange) {
        List<Attempt> attempts = exchange.upstream().attempts();
        return attempts.isEmpty() ? null : attempts.getLast();
    }

    private static String server(Exchange exchange) {
        Attempt last = last(exchange);
        if (last == null) {
            String instead = exchange.values().fact(Attribute.UPSTREAM_SERVER);
            return instead == null ? "<NOSRV>" : instead;
        }
        return last.server().isEmpty() ? "<NOSRV>" : last.server();
    }

    private static String millis(@Nullable Attempt attempt, ToLongFunction<Attempt> nanos) {
        long value = attempt == null ? UpstreamFacts.UNKNOWN : nanos.applyAsLong(attempt);
        return millis(value);
    }

    private static String answerMillis(Exchange exchange) {
        return millis(
                last(exchange),
                // An answer that is not passed on is none.
                each -> each.headerNanos() < 0 || Ending.of(exchange).endsWith("H")
                        ? UpstreamFacts.UNKNOWN
                        : each.headerNanos() - Math.max(0, each.connectNanos()));
    }

    private static @Nullable String times(Exchange exchange, ToLongFunction<Attempt> nanos) {
        return list(exchange, each -> {
            long value = nanos.applyAsLong(each);
            return value == UpstreamFacts.UNKNOWN ? "-" : Times.seconds(value / 1_000_000);
        });
    }

    private static @Nullable String list(Exchange exchange, Function<Attempt, String> form) {
        List<Attempt> attempts = exchange.upstream().attempts();
        if (attempts.isEmpty()) {
            return null;
        }
        if (attempts.size() == 1) {
            return form.apply(attempts.getFirst());
        }
        StringBuilder text = new StringBuilder();
        String separator = "";
        for (Attempt attempt : attempts) {
            if (attempt.address().isEmpty()) {
                separator = " : ";
                continue;
            }
            text.append(separator).append(form.apply(attempt));
            separator = ", ";
        }
        return text.toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
