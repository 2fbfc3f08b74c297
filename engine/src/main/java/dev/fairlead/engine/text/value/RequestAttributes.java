package dev.fairlead.engine.text.value;

import dev.fairlead.engine.access.Credentials;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Program;
import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.time.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Attributes of the request, its place, and its response.
final class RequestAttributes {
    private static final AtomicLong SERIAL = new AtomicLong();

    private RequestAttributes() {}

    static void addTo(Map<Attribute, Value> values, Clock clock) {
        values.put(Attribute.QUERY, RequestAttributes::query);
        values.put(Attribute.QUERY_MARK, exchange -> exchange.query().isEmpty() ? "" : "?");
        values.put(Attribute.PATH, Exchange::path);
        values.put(Attribute.METHOD, exchange -> orNull(exchange.head().shownMethod()));
        values.put(Attribute.REQUEST_LINE, RequestAttributes::requestLine);
        values.put(Attribute.REQUEST_TARGET, RequestAttributes::target);
        values.put(Attribute.SERVER_PROTOCOL, RequestAttributes::protocol);
        values.put(Attribute.HOST, RequestAttributes::host);
        values.put(Attribute.CONTENT_LENGTH, exchange -> field(exchange, FieldName.CONTENT_LENGTH));
        values.put(Attribute.CONTENT_TYPE, exchange -> field(exchange, FieldName.CONTENT_TYPE));
        values.put(Attribute.FORWARDED_FOR_APPENDED, RequestAttributes::forwardedFor);
        values.put(Attribute.USER, RequestAttributes::user);
        values.put(Attribute.REQUEST_ID, RequestAttributes::requestId);
        values.put(Attribute.REQUEST_SERIAL, RequestAttributes::requestSerial);
        values.put(
                Attribute.REQUEST_LENGTH,
                exchange -> Long.toString(exchange.counters().requestBytes()));
        values.put(Attribute.REQUEST_TIME, exchange -> requestTime(exchange, clock));
        values.put(Attribute.REQUEST_SECONDS, exchange -> elapsed(exchange, clock, 1_000_000_000));
        values.put(Attribute.REQUEST_MILLISECONDS, exchange -> elapsed(exchange, clock, 1_000_000));
        values.put(Attribute.DATA_MILLISECONDS, exchange -> dataMillis(exchange, clock));
        values.put(Attribute.ANSWERED_STATUS, exchange -> exchange.response().isStarted() ? status(exchange) : "-1");
        values.put(
                Attribute.SOUND_REQUEST_LINE,
                exchange -> exchange.counters().headNanos() < 0 ? "<BADREQ>" : requestLine(exchange));
        values.put(Attribute.FRONT_CONNECTIONS, RequestAttributes::frontConnections);
        values.put(Attribute.REQUEST_MICROSECONDS, exchange -> elapsed(exchange, clock, 1000));
        values.put(Attribute.PIPELINED, exchange -> exchange.counters().isPipelined() ? "p" : ".");
        values.put(Attribute.RAW_PATH, Exchange::sentPath);
        values.put(Attribute.RAW_TARGET, RequestAttributes::rawTarget);
        values.put(Attribute.FIRST_REQUEST, exchange -> exchange.connection().requests() <= 1 ? "1" : "0");
        values.put(Attribute.FRESH_UUID, exchange -> UUID.randomUUID().toString());
        addResponse(values);
        addPlace(values);
        addProgram(values);
    }

    private static void addResponse(Map<Attribute, Value> values) {
        values.put(Attribute.STATUS, exchange -> status(exchange));
        values.put(
                Attribute.BODY_BYTES_SENT,
                exchange -> Long.toString(exchange.counters().bodyBytesSent()));
        values.put(
                Attribute.BYTES_SENT,
                exchange -> Long.toString(exchange.counters().headBytesSent()
                        + exchange.counters().bodyBytesSent()));
        values.put(Attribute.REQUEST_COMPLETION, exchange -> exchange.counters().isComplete() ? "OK" : "");
        values.put(Attribute.LIMIT_RATE, exchange -> {
            String rate = exchange.values().fact(Attribute.LIMIT_RATE);
            return rate == null ? "0" : rate;
        });
    }

    private static void addPlace(Map<Attribute, Value> values) {
        values.put(
                Attribute.DOCUMENT_ROOT,
                exchange -> texts(exchange).documentRoot().of(exchange));
        values.put(
                Attribute.REAL_DOCUMENT_ROOT,
                exchange -> orNull(texts(exchange).realDocumentRoot().of(exchange)));
        values.put(
                Attribute.REQUEST_FILE,
                exchange -> texts(exchange).requestFile().of(exchange));
        for (Attribute proof :
                List.of(Attribute.INVALID_REFERER, Attribute.SIGNED_LINK, Attribute.SIGNED_LINK_EXPIRY)) {
            values.put(proof, exchange -> texts(exchange).proof(proof, exchange));
        }
        values.put(Attribute.SERVER_NAME, exchange -> texts(exchange).serverName());
    }

    private static void addProgram(Map<Attribute, Value> values) {
        String pid = Long.toString(ProcessHandle.current().pid());
        String machine = machineName();
        String version = Program.NAME_AND_VERSION.substring(Program.NAME.length() + 1);
        values.put(Attribute.PROCESS_ID, exchange -> pid);
        values.put(Attribute.MACHINE_NAME, exchange -> machine);
        values.put(Attribute.PROGRAM_VERSION, exchange -> version);
    }

    private static PlaceTexts texts(Exchange exchange) {
        if (exchange.place() instanceof PlaceTexts texts) {
            return texts;
        }
        throw new IllegalStateException("a place of another kind");
    }

    private static @Nullable String query(Exchange exchange) {
        String query = exchange.query();
        boolean hasMark = !query.isEmpty() || (exchange.head().target().hasQuery() && !exchange.isPathChanged());
        return hasMark ? query : null;
    }

    /// Without scheme and host, should the client have sent them.
    private static @Nullable String target(Exchange exchange) {
        RequestTarget target = exchange.head().target();
        return orNull(target.authority().isEmpty() ? target.raw() : target.rawPathAndQuery());
    }

    private static @Nullable String rawTarget(Exchange exchange) {
        RequestTarget target = exchange.head().target();
        return exchange.isTargetReplaced() || !target.authority().isEmpty() ? exchange.sentTarget() : target.raw();
    }

    private static @Nullable String requestLine(Exchange exchange) {
        RequestHead head = exchange.head();
        if (head.receivedMethod().isEmpty()) {
            return orNull(head.unsoundLine());
        }
        return head.receivedMethod() + " " + head.target().raw() + " " + protocol(exchange);
    }

    static String protocol(Exchange exchange) {
        return exchange.head().minorVersion() == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    static String host(Exchange exchange) {
        String host = exchange.head().host();
        return host.isEmpty() && exchange.isRouted() ? texts(exchange).serverName() : host;
    }

    private static @Nullable String field(Exchange exchange, FieldName name) {
        int field = exchange.head().fields().first(name);
        return field < 0 ? null : exchange.head().fields().value(field);
    }

    private static String forwardedFor(Exchange exchange) {
        String received = FieldValues.joined(exchange.head().fields(), FieldName.X_FORWARDED_FOR, ", ");
        String client = exchange.client().text();
        return received == null ? client : received + ", " + client;
    }

    private static @Nullable String user(Exchange exchange) {
        return Credentials.of(exchange).map(Credentials::user).orElse(null);
    }

    private static String requestId(Exchange exchange) {
        String known = exchange.values().fact(Attribute.REQUEST_ID);
        if (known == null) {
            byte[] random = new byte[16];
            ThreadLocalRandom.current().nextBytes(random);
            known = HexFormat.of().formatHex(random);
            exchange.values().fact(Attribute.REQUEST_ID, known);
        }
        return known;
    }

    private static String requestSerial(Exchange exchange) {
        String known = exchange.values().fact(Attribute.REQUEST_SERIAL);
        if (known == null) {
            known = Long.toString(SERIAL.getAndIncrement());
            exchange.values().fact(Attribute.REQUEST_SERIAL, known);
        }
        return known;
    }

    private static String requestTime(Exchange exchange, Clock clock) {
        long nanos = clock.monotonicNanos() - exchange.counters().startedNanos();
        return Times.seconds(Math.max(0, nanos / 1_000_000));
    }

    private static String elapsed(Exchange exchange, Clock clock, long unitNanos) {
        long nanos = clock.monotonicNanos() - exchange.counters().startedNanos();
        return Long.toString(Math.max(0, nanos / unitNanos));
    }

    private static String dataMillis(Exchange exchange, Clock clock) {
        List<UpstreamFacts.Attempt> attempts = exchange.upstream().attempts();
        if (attempts.isEmpty() || attempts.getLast().headerNanos() < 0) {
            return "-1";
        }
        UpstreamFacts.Attempt last = attempts.getLast();
        return UpstreamAttributes.millis(
                Math.max(0, clock.monotonicNanos() - last.startedNanos() - last.headerNanos()));
    }

    private static String frontConnections(Exchange exchange) {
        Tally front = exchange.front();
        return front == null ? "0" : Integer.toString(front.present());
    }

    private static String status(Exchange exchange) {
        int status = exchange.response().status();
        return status < 100 ? "000" : Integer.toString(status);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
