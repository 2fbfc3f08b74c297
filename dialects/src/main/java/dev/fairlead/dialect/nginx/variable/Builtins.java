package dev.fairlead.dialect.nginx.variable;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Variable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// The variables that exist without anyone declaring them.
public final class Builtins {
    private static final Map<String, Attribute> BY_NAME = names();
    private static final Set<String> SETTABLE = Set.of("args", "limit_rate");

    /// Known to nginx, never with a value here; texts with them are still right.
    private static final Map<String, String> EMPTY = Map.of(
            "upstream_cache_status", "there is no cache",
            "upstream_queue_time", "there is no queue",
            "http2", "HTTP/2 is not spoken yet",
            "ssl_alpn_protocol", "no protocol is negotiated",
            "upstream_last_server_name", "it belongs to a commercial module",
            "ssl_server_curve", "it is not reported");

    private static final Map<String, Function<String, Variable>> PREFIXES = prefixes();

    /// Known to nginx, not available here: prefixes of modules that Fairlead does not have.
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("fastcgi_", "FastCGI is not spoken"),
            Map.entry("geoip", "there is no GeoIP module"),
            Map.entry("uid_", "there is no userid module"),
            Map.entry("memcached_", "memcached is not spoken"),
            Map.entry("slice_range", "there is no slice module"),
            Map.entry("jwt_", "it belongs to a commercial module"),
            Map.entry("date_", "there is no SSI module"),
            Map.entry("modern_browser", "there is no browser module"),
            Map.entry("ancient_browser", "there is no browser module"),
            Map.entry("msie", "there is no browser module"),
            Map.entry("image_", "there is no image filter"),
            Map.entry("session_", "there is no session log"));

    private Builtins() {}

    /// The variable of that lower-case name.
    public static Optional<Variable> find(String name) {
        Attribute attribute = BY_NAME.get(name);
        if (attribute != null) {
            return Optional.of(new Variable.Builtin(attribute));
        }
        for (Map.Entry<String, Function<String, Variable>> prefix : PREFIXES.entrySet()) {
            if (name.startsWith(prefix.getKey())
                    && name.length() > prefix.getKey().length()) {
                return Optional.of(
                        prefix.getValue().apply(name.substring(prefix.getKey().length())));
            }
        }
        return Optional.empty();
    }

    /// Whether the name is taken, so that it cannot be declared.
    public static boolean isReserved(String name) {
        return (BY_NAME.containsKey(name) && !SETTABLE.contains(name)) || EMPTY.containsKey(name);
    }

    static boolean isSettable(String name) {
        return SETTABLE.contains(name);
    }

    /// Why a variable of nginx never has a value here.
    static Optional<String> emptyBecause(String name) {
        return Optional.ofNullable(EMPTY.get(name));
    }

    /// Why a variable of nginx is not available here.
    static Optional<String> foreignBecause(String name) {
        return FOREIGN.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// All fixed names, sorted.
    public static Set<String> known() {
        return BY_NAME.keySet();
    }

    private static String dashed(String name) {
        return name.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static Map<String, Function<String, Variable>> prefixes() {
        return Map.of(
                "http_", name -> new Variable.RequestHeader(dashed(name)),
                "sent_http_", name -> new Variable.ResponseHeader(dashed(name)),
                "sent_trailer_", name -> new Variable.ResponseTrailer(dashed(name)),
                "upstream_http_", name -> new Variable.UpstreamHeader(dashed(name)),
                "upstream_trailer_", name -> new Variable.UpstreamTrailer(dashed(name)),
                "upstream_cookie_", Variable.UpstreamCookie::new,
                "cookie_", Variable.Cookie::new,
                "arg_", Variable.QueryArgument::new);
    }

    private static Map<String, Attribute> names() {
        Map<String, Attribute> names = new TreeMap<>();
        request(names);
        connection(names);
        upstream(names);
        tls(names);
        return names;
    }

    private static void request(Map<String, Attribute> names) {
        names.put("args", Attribute.QUERY);
        names.put("query_string", Attribute.QUERY);
        names.put("is_args", Attribute.QUERY_MARK);
        names.put("body_bytes_sent", Attribute.BODY_BYTES_SENT);
        names.put("bytes_sent", Attribute.BYTES_SENT);
        names.put("content_length", Attribute.CONTENT_LENGTH);
        names.put("content_type", Attribute.CONTENT_TYPE);
        names.put("document_root", Attribute.DOCUMENT_ROOT);
        names.put("realpath_root", Attribute.REAL_DOCUMENT_ROOT);
        names.put("uri", Attribute.PATH);
        names.put("document_uri", Attribute.PATH);
        names.put("host", Attribute.HOST);
        names.put("limit_rate", Attribute.LIMIT_RATE);
        names.put("remote_user", Attribute.USER);
        names.put("request", Attribute.REQUEST_LINE);
        names.put("request_body", Attribute.REQUEST_BODY);
        names.put("request_body_file", Attribute.REQUEST_BODY_FILE);
        names.put("request_completion", Attribute.REQUEST_COMPLETION);
        names.put("request_filename", Attribute.REQUEST_FILE);
        names.put("request_id", Attribute.REQUEST_ID);
        names.put("request_length", Attribute.REQUEST_LENGTH);
        names.put("request_method", Attribute.METHOD);
        names.put("request_time", Attribute.REQUEST_TIME);
        names.put("request_seconds", Attribute.REQUEST_SECONDS);
        names.put("request_milliseconds", Attribute.REQUEST_MILLISECONDS);
        names.put("request_microseconds", Attribute.REQUEST_MICROSECONDS);
        names.put("request_uri", Attribute.REQUEST_TARGET);
        names.put("server_name", Attribute.SERVER_NAME);
        names.put("server_protocol", Attribute.SERVER_PROTOCOL);
        names.put("status", Attribute.STATUS);
        names.put("gzip_ratio", Attribute.COMPRESSION_RATIO);
        names.put("limit_req_status", Attribute.REQUEST_LIMIT_STATUS);
        names.put("limit_conn_status", Attribute.CONNECTION_LIMIT_STATUS);
        names.put("invalid_referer", Attribute.INVALID_REFERER);
        names.put("secure_link", Attribute.SIGNED_LINK);
        names.put("secure_link_expires", Attribute.SIGNED_LINK_EXPIRY);
    }

    private static void connection(Map<String, Attribute> names) {
        names.put("binary_remote_addr", Attribute.CLIENT_ADDRESS_BINARY);
        names.put("remote_addr", Attribute.CLIENT_ADDRESS);
        names.put("remote_port", Attribute.CLIENT_PORT);
        names.put("realip_remote_addr", Attribute.PEER_ADDRESS);
        names.put("realip_remote_port", Attribute.PEER_PORT);
        names.put("connection", Attribute.CONNECTION);
        names.put("connection_requests", Attribute.CONNECTION_REQUESTS);
        names.put("connection_time", Attribute.CONNECTION_TIME);
        names.put("connections_active", Attribute.CONNECTIONS_ACTIVE);
        names.put("connections_reading", Attribute.CONNECTIONS_READING);
        names.put("connections_writing", Attribute.CONNECTIONS_WRITING);
        names.put("connections_waiting", Attribute.CONNECTIONS_WAITING);
        names.put("hostname", Attribute.MACHINE_NAME);
        names.put("https", Attribute.HTTPS);
        names.put("scheme", Attribute.SCHEME);
        names.put("msec", Attribute.UNIX_TIME);
        names.put("time_iso8601", Attribute.TIME_ISO8601);
        names.put("time_local", Attribute.TIME_LOCAL);
        names.put("nginx_version", Attribute.PROGRAM_VERSION);
        names.put("pid", Attribute.PROCESS_ID);
        names.put("pipe", Attribute.PIPELINED);
        names.put("proxy_protocol_addr", Attribute.PROXY_PROTOCOL_CLIENT_ADDRESS);
        names.put("proxy_protocol_port", Attribute.PROXY_PROTOCOL_CLIENT_PORT);
        names.put("proxy_protocol_server_addr", Attribute.PROXY_PROTOCOL_SERVER_ADDRESS);
        names.put("proxy_protocol_server_port", Attribute.PROXY_PROTOCOL_SERVER_PORT);
        names.put("server_addr", Attribute.SERVER_ADDRESS);
        names.put("server_port", Attribute.SERVER_PORT);
        names.put("tcpinfo_rtt", Attribute.TCP_RTT);
        names.put("tcpinfo_rttvar", Attribute.TCP_RTT_VARIANCE);
        names.put("tcpinfo_snd_cwnd", Attribute.TCP_SEND_WINDOW);
        names.put("tcpinfo_rcv_space", Attribute.TCP_RECEIVE_SPACE);
    }

    private static void upstream(Map<String, Attribute> names) {
        names.put("proxy_host", Attribute.UPSTREAM_HOST);
        names.put("proxy_port", Attribute.UPSTREAM_PORT);
        names.put("proxy_add_x_forwarded_for", Attribute.FORWARDED_FOR_APPENDED);
        names.put("upstream_addr", Attribute.UPSTREAM_ADDRESS);
        names.put("upstream_status", Attribute.UPSTREAM_STATUS);
        names.put("upstream_response_time", Attribute.UPSTREAM_RESPONSE_TIME);
        names.put("upstream_connect_time", Attribute.UPSTREAM_CONNECT_TIME);
        names.put("upstream_header_time", Attribute.UPSTREAM_HEADER_TIME);
        names.put("upstream_response_length", Attribute.UPSTREAM_RESPONSE_LENGTH);
        names.put("upstream_bytes_received", Attribute.UPSTREAM_BYTES_RECEIVED);
        names.put("upstream_bytes_sent", Attribute.UPSTREAM_BYTES_SENT);
    }

    private static void tls(Map<String, Attribute> names) {
        names.put("ssl_protocol", Attribute.TLS_PROTOCOL);
        names.put("ssl_cipher", Attribute.TLS_CIPHER);
        names.put("ssl_ciphers", Attribute.TLS_CIPHERS);
        names.put("ssl_curves", Attribute.TLS_CURVES);
        names.put("ssl_server_name", Attribute.TLS_SERVER_NAME);
        names.put("ssl_session_id", Attribute.TLS_SESSION_ID);
        names.put("ssl_session_reused", Attribute.TLS_SESSION_REUSED);
        names.put("ssl_early_data", Attribute.TLS_EARLY_DATA);
        names.put("ssl_client_verify", Attribute.TLS_CLIENT_VERIFY);
        names.put("ssl_client_s_dn", Attribute.TLS_CLIENT_SUBJECT);
        names.put("ssl_client_s_dn_legacy", Attribute.TLS_CLIENT_SUBJECT_LEGACY);
        names.put("ssl_client_i_dn", Attribute.TLS_CLIENT_ISSUER);
        names.put("ssl_client_i_dn_legacy", Attribute.TLS_CLIENT_ISSUER_LEGACY);
        names.put("ssl_client_serial", Attribute.TLS_CLIENT_SERIAL);
        names.put("ssl_client_fingerprint", Attribute.TLS_CLIENT_FINGERPRINT);
        names.put("ssl_client_cert", Attribute.TLS_CLIENT_CERTIFICATE);
        names.put("ssl_client_raw_cert", Attribute.TLS_CLIENT_CERTIFICATE_RAW);
        names.put("ssl_client_escaped_cert", Attribute.TLS_CLIENT_CERTIFICATE_ESCAPED);
        names.put("ssl_client_v_start", Attribute.TLS_CLIENT_VALID_FROM);
        names.put("ssl_client_v_end", Attribute.TLS_CLIENT_VALID_UNTIL);
        names.put("ssl_client_v_remain", Attribute.TLS_CLIENT_DAYS_LEFT);
    }
}
