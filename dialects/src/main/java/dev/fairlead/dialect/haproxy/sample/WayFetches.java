package dev.fairlead.dialect.haproxy.sample;

import static dev.fairlead.dialect.haproxy.sample.RequestFetches.builtin;
import static dev.fairlead.dialect.haproxy.sample.RequestFetches.plain;
import static dev.fairlead.dialect.haproxy.sample.RequestFetches.resumed;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What is fetched of the way that a request takes: its frontend, its backend and the connection to its server.
final class WayFetches {
    private WayFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        proxyRows(rows);
        connectionRows(rows);
        tlsRows(rows);
        keySizeRows(rows, "ssl_fc_", Attribute.TLS_CIPHER);
        keySizeRows(rows, "ssl_bc_", Attribute.UPSTREAM_TLS_CIPHER);
        return rows;
    }

    private static void proxyRows(List<Fetch> rows) {
        rows.add(number("fe_id", "number of the frontend", around -> around.number(false)));
        rows.add(number("be_id", "number of the backend", around -> around.number(true)));
        rows.add(number(
                "fe_client_timeout",
                "`timeout client` of the frontend in milliseconds",
                around -> around.limit(false, "timeout client")));
        rows.add(number(
                "be_server_timeout",
                "`timeout server` of the backend in milliseconds",
                around -> around.limit(true, "timeout server")));
        rows.add(number(
                "be_tunnel_timeout",
                "`timeout tunnel` of the backend in milliseconds",
                around -> around.limit(true, "timeout tunnel")));
        rows.add(present("cur_server_timeout", "timeout server", Attribute.SERVER_TIMEOUT_MILLISECONDS));
        rows.add(present("cur_tunnel_timeout", "timeout tunnel", Attribute.TUNNEL_TIMEOUT_MILLISECONDS));
        rows.add(new Fetch(
                "fe_defbe",
                0,
                0,
                "`default_backend` of the frontend",
                (call, around) -> Sample.of(constant(around.usualBackend(), call.origin()), Kind.TEXT)));
        rows.add(new Fetch(
                "so_id",
                0,
                0,
                "number of the `bind` address",
                (call, around) -> Sample.of(around.entrance(true), Kind.NUMBER)));
        rows.add(new Fetch(
                "so_name",
                0,
                0,
                "name of the `bind` line",
                (call, around) -> Sample.of(around.entrance(false), Kind.TEXT)));
        rows.add(number("prio_class", "0, as there are no priorities", around -> 0));
        rows.add(number("prio_offset", "0, as there are no priorities", around -> 0));
    }

    private static Fetch number(String name, String doc, ToLongFunction<Surroundings> number) {
        return new Fetch(
                name,
                0,
                0,
                doc,
                (call, around) ->
                        Sample.of(constant(Long.toString(number.applyAsLong(around)), call.origin()), Kind.NUMBER));
    }

    private static Fetch present(String name, String keyword, Attribute set) {
        return new Fetch(
                name,
                0,
                0,
                "`" + keyword + "` as it holds for the request, in milliseconds",
                (call, around) -> Sample.of(
                        new Variable.Converted(
                                builtin(set),
                                new Conversion.OrElse(
                                        Template.constant(Long.toString(around.limit(true, keyword)), call.origin()))),
                        Kind.NUMBER));
    }

    private static void connectionRows(List<Fetch> rows) {
        rows.add(own("src_is_local", "the client's address is", Attribute.CLIENT_ADDRESS));
        rows.add(own("fc_src_is_local", "the client's address is", Attribute.CLIENT_ADDRESS));
        rows.add(own("dst_is_local", "the address that the client asked for is", Attribute.ASKED_ADDRESS));
        rows.add(own("fc_dst_is_local", "the address that the client asked for is", Attribute.ASKED_ADDRESS));
        rows.add(segments("fc_unacked", "sent to the client and not acknowledged", Attribute.TCP_UNACKNOWLEDGED));
        rows.add(segments(
                "fc_sacked", "acknowledged selectively by the client", Attribute.TCP_SELECTIVELY_ACKNOWLEDGED));
        rows.add(segments("fc_retrans", "sent to the client again", Attribute.TCP_SENT_AGAIN));
        rows.add(segments("fc_fackets", "acknowledged ahead by the client", Attribute.TCP_FORWARD_ACKNOWLEDGED));
        rows.add(segments("fc_lost", "lost on the way to the client", Attribute.TCP_LOST));
        rows.add(segments("fc_reordering", "that may arrive out of order", Attribute.TCP_REORDERING));
        rows.add(plain("bc_dst", "address of the server", Kind.ADDRESS, Attribute.UPSTREAM_IP));
        rows.add(plain("bc_dst_port", "port of the server", Kind.NUMBER, Attribute.UPSTREAM_IP_PORT));
        rows.add(plain("bc_src", "our address towards the server", Kind.ADDRESS, Attribute.UPSTREAM_LOCAL_IP));
        rows.add(plain("bc_src_port", "our port towards the server", Kind.NUMBER, Attribute.UPSTREAM_LOCAL_PORT));
        rows.add(number("bc_http_major", "1: servers are spoken to in HTTP/1", around -> 1));
        rows.add(plain("srv_id", "number of the server", Kind.NUMBER, Attribute.UPSTREAM_NUMBER));
        rows.add(plain(
                "capture.res.ver",
                "version of HTTP of the server's answer, such as HTTP/1.1",
                Kind.TEXT,
                Attribute.UPSTREAM_PROTOCOL));
    }

    private static Fetch own(String name, String what, Attribute address) {
        return new Fetch(
                name,
                0,
                0,
                "whether " + what + " this machine's",
                (call, around) -> Sample.of(
                        new Variable.Converted(builtin(address), Conversion.Plain.OWN_ADDRESS), Kind.BOOLEAN));
    }

    private static Fetch segments(String name, String doc, Attribute attribute) {
        return new Fetch(name, 0, 1, "segments " + doc, (call, around) -> Sample.of(builtin(attribute), Kind.NUMBER));
    }

    private static void tlsRows(List<Fetch> rows) {
        rows.add(new Fetch(
                "ssl_bc",
                0,
                0,
                "whether TLS is spoken with the server",
                (call, around) ->
                        Sample.of(new Condition.IsTrue(Template.of(builtin(Attribute.UPSTREAM_TLS), call.origin())))));
        rows.add(plain("ssl_bc_protocol", "version of that TLS", Kind.TEXT, Attribute.UPSTREAM_TLS_PROTOCOL));
        rows.add(plain("ssl_bc_cipher", "its cipher", Kind.TEXT, Attribute.UPSTREAM_TLS_CIPHER));
        rows.add(plain("ssl_bc_session_id", "id of its session", Kind.BYTES, Attribute.UPSTREAM_TLS_SESSION_ID));
        rows.add(plain("ssl_bc_alpn", "protocol chosen by ALPN", Kind.TEXT, Attribute.UPSTREAM_TLS_CHOSEN_PROTOCOL));
        rows.add(resumed("ssl_bc_is_resumed", Attribute.UPSTREAM_TLS_SESSION_REUSED));
        rows.add(new Fetch(
                "ssl_fc_has_early",
                0,
                0,
                "false: nothing is taken before a handshake is over",
                (call, around) -> Sample.of(new Condition.Always(false))));
    }

    /// The size of a cipher's key as its name tells.
    private static void keySizeRows(List<Fetch> rows, String prefix, Attribute cipher) {
        rows.add(new Fetch(
                prefix + "use_keysize",
                0,
                0,
                "bits of the cipher's key that count",
                (call, around) -> Sample.of(keySize(cipher, "112", call, around), Kind.NUMBER)));
        rows.add(new Fetch(
                prefix + "alg_keysize",
                0,
                0,
                "bits of the cipher's key",
                (call, around) -> Sample.of(keySize(cipher, "168", call, around), Kind.NUMBER)));
    }

    private static Variable keySize(Attribute cipher, String ofTripleDes, Call call, Surroundings around) {
        Variable small = chosen(cipher, "3DES|CBC3", ofTripleDes, Template.constant("", call.origin()), call, around);
        Variable middle = chosen(cipher, "128", "128", Template.of(small, call.origin()), call, around);
        return chosen(cipher, "256_GCM|256-|256$|CHACHA20", "256", Template.of(middle, call.origin()), call, around);
    }

    private static Variable chosen(
            Attribute cipher, String expression, String size, Template otherwise, Call call, Surroundings around) {
        Condition matches = new Condition.Matches(
                Template.of(builtin(cipher), call.origin()), around.regex(expression, false, call.origin()));
        return new Variable.Converted(
                new Variable.Answer(matches), new Conversion.Chosen(Template.constant(size, call.origin()), otherwise));
    }

    private static Variable constant(String text, Span origin) {
        return new Variable.Composed(Template.constant(text, origin));
    }
}
