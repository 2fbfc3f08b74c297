package dev.fairlead.dialect.haproxy.sample;

import static dev.fairlead.dialect.haproxy.sample.RequestFetches.builtin;
import static dev.fairlead.dialect.haproxy.sample.RequestFetches.plain;
import static dev.fairlead.dialect.haproxy.sample.RequestFetches.resumed;

import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.text.Variable.FrontNumber;
import dev.fairlead.model.text.Variable.UpstreamNumber;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is fetched of connections, of the program itself and of its servers.
final class PlaceFetches {
    private static final Conversion FIRST = new Conversion.Field(1, ".", 1);

    private PlaceFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        constantRows(rows);
        connectionRows(rows);
        tlsRows(rows);
        serverRows(rows);
        return rows;
    }

    private static void constantRows(List<Fetch> rows) {
        rows.add(new Fetch("always_true", 0, 0, "true", (call, around) -> always(true)));
        rows.add(new Fetch("always_false", 0, 0, "false", (call, around) -> always(false)));
        rows.add(new Fetch("wait_end", 0, 0, "true", (call, around) -> always(true)));
        rows.add(new Fetch("bool", 1, 1, "a constant", (call, around) -> always(isTrue(call.arg(0)))));
        rows.add(new Fetch("str", 0, 1, "a constant", (call, around) -> constant(call, call.arg(0), Kind.TEXT)));
        rows.add(new Fetch("int", 1, 1, "a constant", (call, around) -> constant(call, number(call), Kind.NUMBER)));
        rows.add(new Fetch("ipv4", 1, 1, "a constant", (call, around) -> constant(call, call.arg(0), Kind.ADDRESS)));
        rows.add(new Fetch("ipv6", 1, 1, "a constant", (call, around) -> constant(call, call.arg(0), Kind.ADDRESS)));
        rows.addAll(new Fetch("meth", 1, 1, "a constant", (call, around) -> constant(call, call.arg(0), Kind.METHOD))
                .alsoAs());
        rows.add(new Fetch(
                "env",
                1,
                1,
                "environment variable when the configuration is read",
                (call, around) -> constant(call, around.environment(call.arg(0)).orElse(""), Kind.TEXT)));
        rows.add(new Fetch("bin", 1, 1, "a constant", (call, around) -> bytes(call)));
        rows.add(plain("hostname", "name of the machine", Kind.TEXT, Attribute.MACHINE_NAME));
        rows.add(new Fetch("date", 0, 2, "seconds since 1970", PlaceFetches::date));
        rows.add(new Fetch(
                "date_us",
                0,
                0,
                "microseconds of the present second, in steps of a millisecond",
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                new Variable.Converted(builtin(Attribute.UNIX_TIME), new Conversion.Field(2, ".", 1)),
                                new Conversion.Computed(
                                        Conversion.Operator.MULTIPLY, Template.constant("1000", call.origin()))),
                        Kind.NUMBER)));
        rows.add(new Fetch(
                "rand",
                0,
                1,
                "random number below the argument",
                (call, around) -> Sample.of(
                        new Variable.RandomNumber(Figures.whole(call.arg(0)).orElse(1L << 32)), Kind.NUMBER)));
        rows.add(plain("uuid", "random UUID", Kind.TEXT, Attribute.FRESH_UUID));
        rows.add(new Fetch("nbproc", 0, 0, "1", (call, around) -> constant(call, "1", Kind.NUMBER)));
        rows.add(new Fetch("proc", 0, 0, "1", (call, around) -> constant(call, "1", Kind.NUMBER)));
        rows.add(plain("pid", "process id", Kind.NUMBER, Attribute.PROCESS_ID));
        rows.add(new Fetch(
                "fe_name",
                0,
                0,
                "name of the frontend",
                (call, around) -> constant(call, around.frontend(), Kind.TEXT)));
        rows.add(new Fetch(
                "be_name",
                0,
                0,
                "name of the backend",
                (call, around) -> constant(call, around.backend().orElse(around.frontend()), Kind.TEXT)));
        rows.add(new Fetch(
                "var",
                1,
                2,
                "a variable",
                (call, around) -> Sample.of(
                        call.has(1)
                                ? new Variable.Converted(
                                        around.valueOf(call.arg(0)),
                                        new Conversion.OrElse(Template.constant(call.arg(1), call.origin())))
                                : around.valueOf(call.arg(0)),
                        Kind.TEXT)));
    }

    /// @param early before a header of the PROXY protocol has been read
    private static Fetch place(String name, String doc, Kind kind, Attribute early, Attribute later) {
        return new Fetch(name, 0, 0, doc, (call, around) -> Sample.of(builtin(around.isEarly() ? early : later), kind));
    }

    private static void connectionRows(List<Fetch> rows) {
        rows.addAll(
                place("src", "address of the client", Kind.ADDRESS, Attribute.PEER_ADDRESS, Attribute.CLIENT_ADDRESS)
                        .alsoAs("fc_src"));
        rows.addAll(place("src_port", "port of the client", Kind.NUMBER, Attribute.PEER_PORT, Attribute.CLIENT_PORT)
                .alsoAs("fc_src_port"));
        rows.add(new Fetch(
                "fc_rcvd_proxy",
                0,
                0,
                "whether a header of the PROXY protocol told about the client",
                (call, around) -> Sample.of(new Condition.Present(builtin(Attribute.PROXY_PROTOCOL_CLIENT_ADDRESS)))));
        rows.add(place(
                "dst",
                "address the client asked for",
                Kind.ADDRESS,
                Attribute.SERVER_ADDRESS,
                Attribute.ASKED_ADDRESS));
        rows.add(place(
                "dst_port", "port the client asked for", Kind.NUMBER, Attribute.SERVER_PORT, Attribute.ASKED_PORT));
        rows.add(asked(
                "fc_dst",
                "the same, whatever rules set",
                Kind.ADDRESS,
                Attribute.PROXY_PROTOCOL_SERVER_ADDRESS,
                Attribute.SERVER_ADDRESS));
        rows.add(asked(
                "fc_dst_port",
                "the same, whatever rules set",
                Kind.NUMBER,
                Attribute.PROXY_PROTOCOL_SERVER_PORT,
                Attribute.SERVER_PORT));
        rows.add(roundTrip("fc_rtt", "round-trip time of the client, as the kernel measures it", Attribute.TCP_RTT));
        rows.add(roundTrip("fc_rttvar", "how much that varies", Attribute.TCP_RTT_VARIANCE));
        rows.add(ofFrontend("fe_conn", "open connections of a frontend", FrontNumber.CONNECTIONS));
        rows.add(ofFrontend("fe_sess_rate", "its new connections in the last second", FrontNumber.CONNECTION_RATE));
        rows.add(ofFrontend("fe_req_rate", "its requests in the last second", FrontNumber.REQUEST_RATE));
        rows.add(plain("dst_conn", "open connections", Kind.NUMBER, Attribute.CONNECTIONS_ACTIVE));
        rows.add(new Fetch(
                "fc_http_major",
                0,
                0,
                "1 or 2",
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                builtin(Attribute.SERVER_PROTOCOL), new Conversion.Slice(5, Optional.of(1))),
                        Kind.NUMBER)));
    }

    /// In milliseconds, or in microseconds where the argument says so.
    private static Fetch roundTrip(String name, String doc, Attribute micros) {
        return new Fetch(name, 0, 1, doc, (call, around) -> {
            boolean isMicros = DateUnit.of(call, 0, DateUnit.MILLISECONDS) == DateUnit.MICROSECONDS;
            Conversion thousandth =
                    new Conversion.Computed(Conversion.Operator.DIVIDE, Template.constant("1000", call.origin()));
            return Sample.of(
                    isMicros ? builtin(micros) : new Variable.Converted(builtin(micros), thousandth), Kind.NUMBER);
        });
    }

    /// The cookie if it has that name, or whatever its name is.
    private static Variable desktopCookie(Call call) {
        return call.has(0)
                ? new Variable.Converted(
                        builtin(Attribute.RDP_COOKIE), new Conversion.Parameter(call.arg(0), '\n', true))
                : builtin(Attribute.RDP_COOKIE_VALUE);
    }

    private static void tlsRows(List<Fetch> rows) {
        rows.add(new Fetch(
                "ssl_fc",
                0,
                0,
                "whether the client speaks TLS",
                (call, around) ->
                        Sample.of(new Condition.IsTrue(Template.of(builtin(Attribute.HTTPS), call.origin())))));
        rows.add(plain("ssl_fc_sni", "server name of the handshake", Kind.TEXT, Attribute.TLS_SERVER_NAME));
        rows.add(new Fetch(
                "ssl_fc_has_sni",
                0,
                0,
                "whether there is one",
                (call, around) -> Sample.of(
                        new Condition.IsTrue(Template.of(builtin(Attribute.TLS_SERVER_NAME), call.origin())))));
        rows.addAll(plain(
                        "req.ssl_sni",
                        "server name of a handshake that is passed on (mode tcp)",
                        Kind.TEXT,
                        Attribute.TLS_SERVER_NAME)
                .alsoAs("req_ssl_sni"));
        rows.addAll(new Fetch(
                        "req.ssl_hello_type",
                        0,
                        0,
                        "1 if a handshake begins (mode tcp)",
                        (call, around) -> Sample.of(
                                new Variable.Answer(new Condition.Present(builtin(Attribute.TLS_OFFERED_VERSION))),
                                Kind.NUMBER))
                .alsoAs("req_ssl_hello_type"));
        rows.addAll(new Fetch(
                        "req.rdp_cookie",
                        0,
                        1,
                        "cookie of the Remote Desktop Protocol (mode tcp)",
                        (call, around) -> Sample.of(desktopCookie(call), Kind.TEXT))
                .alsoAs("rdp_cookie"));
        rows.addAll(new Fetch(
                        "req.rdp_cookie_cnt",
                        0,
                        1,
                        "1 if there is one, else 0 (mode tcp)",
                        (call, around) ->
                                Sample.of(new Variable.Answer(new Condition.Present(desktopCookie(call))), Kind.NUMBER))
                .alsoAs("rdp_cookie_cnt"));
        rows.add(plain("ssl_fc_protocol", "version of TLS", Kind.TEXT, Attribute.TLS_PROTOCOL));
        rows.add(plain("ssl_fc_cipher", "cipher", Kind.TEXT, Attribute.TLS_CIPHER));
        rows.add(plain("ssl_fc_session_id", "id of the session", Kind.TEXT, Attribute.TLS_SESSION_ID));
        rows.add(resumed("ssl_fc_is_resumed", Attribute.TLS_SESSION_REUSED));
    }

    private static void serverRows(List<Fetch> rows) {
        rows.add(new Fetch("srv_name", 0, 0, "name of the server", (call, around) -> {
            Variable server = builtin(Attribute.UPSTREAM_SERVER);
            Template given = Template.of(server, call.origin());
            Condition isOne = new Condition.Not(new Condition.Same(given, Template.constant("<NOSRV>", call.origin())));
            return Sample.of(
                    new Variable.Converted(
                            new Variable.Answer(isOne),
                            new Conversion.Chosen(given, Template.constant("", call.origin()))),
                    Kind.TEXT);
        }));
        rows.add(ofBackend("nbsrv", "servers of a backend that are up", UpstreamNumber.SERVERS_UP));
        rows.add(ofBackend("be_conn", "requests of a backend at present", UpstreamNumber.CONNECTIONS));
        rows.add(ofBackend("queue", "requests that wait for a server", UpstreamNumber.QUEUED));
        rows.add(ofBackend("be_sess_rate", "new requests in the last second", UpstreamNumber.REQUEST_RATE));
        rows.add(ofBackend("avg_queue", "requests that wait, for each server", UpstreamNumber.QUEUED_EACH));
        rows.add(ofBackend("connslots", "room at servers and in their queues", UpstreamNumber.FREE));
        rows.add(ofBackend("be_conn_free", "room at servers", UpstreamNumber.ROOM));
        rows.add(ofServer("srv_is_up", "whether a server is up", UpstreamNumber.SERVERS_UP, Kind.BOOLEAN));
        rows.add(ofServer("srv_conn", "requests of a server at present", UpstreamNumber.CONNECTIONS, Kind.NUMBER));
        rows.add(ofServer("srv_queue", "requests that wait for it", UpstreamNumber.QUEUED, Kind.NUMBER));
        rows.add(ofServer("srv_conn_free", "room at a server", UpstreamNumber.ROOM, Kind.NUMBER));
        rows.add(ofServer("srv_uweight", "the same", UpstreamNumber.WEIGHT, Kind.NUMBER));
        rows.add(ofServer("srv_weight", "weight of a server", UpstreamNumber.WEIGHT, Kind.NUMBER));
        rows.add(ofServer("srv_sess_rate", "its new requests", UpstreamNumber.REQUEST_RATE, Kind.NUMBER));
    }

    private static Fetch ofFrontend(String name, String doc, FrontNumber what) {
        return new Fetch(
                name,
                0,
                1,
                doc,
                (call, around) -> Sample.of(
                        new Variable.OfFront(call.has(0) ? call.arg(0) : around.frontend(), what), Kind.NUMBER));
    }

    private static Fetch ofBackend(String name, String doc, UpstreamNumber what) {
        return new Fetch(name, 0, 1, doc, (call, around) -> {
            String backend = call.has(0) ? call.arg(0) : around.backend().orElse(around.frontend());
            if (!around.hasBackend(backend)) {
                throw new IllegalArgumentException("unable to find backend '" + backend + "' for '" + name + "'");
            }
            return Sample.of(new Variable.OfUpstream(backend, what), Kind.NUMBER);
        });
    }

    private static Fetch ofServer(String name, String doc, UpstreamNumber what, Kind kind) {
        return new Fetch(name, 1, 1, doc, (call, around) -> {
            String[] path = call.arg(0).split("/", 2);
            String backend = path.length > 1 ? path[0] : around.backend().orElse(around.frontend());
            if (!around.hasBackend(backend)) {
                throw new IllegalArgumentException("unable to find server '" + call.arg(0) + "' for '" + name + "'");
            }
            return Sample.of(new Variable.OfServer(backend, path[path.length - 1], what), kind);
        });
    }

    /// What a header of the PROXY protocol says, else what the socket says.
    private static Fetch asked(String name, String doc, Kind kind, Attribute told, Attribute own) {
        return new Fetch(
                name,
                0,
                0,
                doc,
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                builtin(told), new Conversion.OrElse(Template.of(builtin(own), call.origin()))),
                        kind));
    }

    private static Sample always(boolean holds) {
        return Sample.of(new Condition.Always(holds));
    }

    private static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on" -> true;
            case "0", "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("expects a boolean, not '" + text + "'");
        };
    }

    private static String number(Call call) {
        return Figures.signed(call.arg(0))
                .map(String::valueOf)
                .orElseThrow(() -> new IllegalArgumentException("expects an integer, not '" + call.arg(0) + "'"));
    }

    private static Sample bytes(Call call) {
        if (!call.arg(0).matches("([0-9A-Fa-f]{2})*")) {
            throw new IllegalArgumentException("expects hexadecimal digits, not '" + call.arg(0) + "'");
        }
        return Sample.of(
                new Variable.Converted(
                        new Variable.Composed(Template.constant(call.arg(0), call.origin())),
                        Conversion.Plain.DECODE_HEX),
                Kind.BYTES);
    }

    private static Sample constant(Call call, String text, Kind kind) {
        return Sample.of(new Variable.Composed(Template.constant(text, call.origin())), kind);
    }

    /// In seconds, or in milliseconds or microseconds where the second argument says so; the offset has the same
    /// unit.
    private static Sample date(Call call, Surroundings around) {
        Variable seconds = new Variable.Converted(builtin(Attribute.UNIX_TIME), FIRST);
        Variable millis = new Variable.Converted(builtin(Attribute.UNIX_TIME), new Conversion.Field(2, ".", 1));
        Variable now = switch (DateUnit.of(call, 1)) {
            case SECONDS -> seconds;
            case MILLISECONDS -> joined(call.origin(), seconds, millis, "");
            case MICROSECONDS -> joined(call.origin(), seconds, millis, "000");
        };
        long offset = call.has(0) ? Long.parseLong(number(call)) : 0;
        return Sample.of(
                offset == 0
                        ? now
                        : new Variable.Converted(
                                now,
                                new Conversion.Computed(
                                        Conversion.Operator.ADD, Template.constant("" + offset, call.origin()))),
                Kind.NUMBER);
    }

    private static Variable joined(Span origin, Variable first, Variable second, String behind) {
        List<Template.Part> parts =
                new ArrayList<>(List.of(new Template.Part.Reference(first), new Template.Part.Reference(second)));
        if (!behind.isEmpty()) {
            parts.add(new Template.Part.Literal(behind));
        }
        return new Variable.Composed(new Template(parts, origin));
    }
}
