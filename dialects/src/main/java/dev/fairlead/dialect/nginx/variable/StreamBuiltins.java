package dev.fairlead.dialect.nginx.variable;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The variables that exist in the `stream` block without anyone declaring them.
final class StreamBuiltins {
    /// They mean the same as in `http`.
    private static final List<String> SHARED = List.of(
            "binary_remote_addr",
            "bytes_sent",
            "connection",
            "hostname",
            "msec",
            "nginx_version",
            "pid",
            "proxy_protocol_addr",
            "limit_conn_status",
            "proxy_protocol_port",
            "proxy_protocol_server_addr",
            "proxy_protocol_server_port",
            "realip_remote_addr",
            "realip_remote_port",
            "remote_addr",
            "remote_port",
            "server_addr",
            "server_port",
            "ssl_cipher",
            "ssl_client_cert",
            "ssl_client_fingerprint",
            "ssl_client_i_dn",
            "ssl_client_raw_cert",
            "ssl_client_s_dn",
            "ssl_client_serial",
            "ssl_client_v_end",
            "ssl_client_v_remain",
            "ssl_client_v_start",
            "ssl_client_verify",
            "ssl_protocol",
            "ssl_server_name",
            "ssl_session_id",
            "ssl_session_reused",
            "status",
            "time_iso8601",
            "time_local",
            "upstream_addr",
            "upstream_bytes_received",
            "upstream_bytes_sent",
            "upstream_connect_time");

    private static final Map<String, Variable> BY_NAME = names();

    private StreamBuiltins() {}

    private static Map<String, Variable> names() {
        Map<String, Variable> names = new HashMap<>();
        for (String name : SHARED) {
            Builtins.find(name).ifPresent(variable -> names.put(name, variable));
        }
        names.put("bytes_received", new Variable.Builtin(Attribute.REQUEST_LENGTH));
        names.put("session_time", new Variable.Builtin(Attribute.REQUEST_TIME));
        names.put("ssl_preread_server_name", new Variable.Builtin(Attribute.TLS_SERVER_NAME));
        names.put("ssl_preread_protocol", new Variable.Builtin(Attribute.TLS_OFFERED_VERSION));
        names.put("ssl_preread_alpn_protocols", new Variable.Builtin(Attribute.TLS_OFFERED_PROTOCOLS));
        names.put("upstream_session_time", new Variable.Builtin(Attribute.UPSTREAM_RESPONSE_TIME));
        names.put("protocol", new Variable.Composed(Template.constant("TCP", Span.builtIn())));
        return Map.copyOf(names);
    }

    static Optional<Variable> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Set<String> known() {
        return BY_NAME.keySet();
    }
}
