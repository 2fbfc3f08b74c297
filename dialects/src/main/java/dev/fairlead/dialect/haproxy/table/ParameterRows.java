package dev.fairlead.dialect.haproxy.table;

/// The rows of [ParameterTable].
final class ParameterRows {
    private static final String LIBRARY = "the TLS library chooses this itself";
    private static final String KERNEL = "the kernel's or the engine's own value holds";
    private static final String PEOPLE = "it is for people and tools";
    private static final String CHECKED = "checks go as requests do";
    private static final String POOL = "connections are kept as the engine finds it useful";

    private ParameterRows() {}

    static ParameterTable bind() {
        return new ParameterTable()
                .followed(0, "accept-proxy", "defer-accept", "no-tls-tickets", "ssl", "v4v6", "v6only")
                .followed(0, "no-sslv3", "no-tlsv10", "no-tlsv11", "no-tlsv12", "no-tlsv13")
                .followed(0, "force-sslv3", "force-tlsv10", "force-tlsv11", "force-tlsv12", "force-tlsv13")
                .followed(1, "alpn", "backlog", "ca-file", "ciphers", "crl-file", "crt", "crt-list", "curves")
                .followed(1, "ecdhe", "ca-ignore-err", "crt-ignore-err")
                .followed(1, "ssl-max-ver", "ssl-min-ver", "verify", "tls-ticket-keys")
                .quiet(0, LIBRARY, "allow-0rtt", "prefer-client-ciphers", "no-ca-names")
                .followed(0, "strict-sni")
                .quiet(0, LIBRARY, "generate-certificates", "no-alpn", "tls-tickets", "no-strict-sni")
                .quiet(1, LIBRARY, "sigalgs", "client-sigalgs", "npn")
                .followed(1, "ciphersuites", "ca-verify-file", "interface", "maxconn")
                .quiet(1, LIBRARY, "ocsp-update", "ech", "ktls")
                .quiet(0, KERNEL, "tfo", "transparent", "no-tfo")
                .quiet(1, KERNEL, "mss", "namespace", "nice", "process", "shards", "tcp-ut")
                .quiet(1, KERNEL, "thread", "quic-cc-algo", "quic-socket", "cc", "tcp-md5sig", "tcp-ss")
                .quiet(0, KERNEL, "quic-force-retry")
                .followed(1, "name")
                .quiet(1, PEOPLE, "id", "guid-prefix", "label", "idle-ping", "default-crt-note")
                .followed(1, "user", "uid", "group", "gid", "mode")
                .quiet(1, "there is no socket of commands on it", "level", "severity-output", "expose-fd")
                .warned(1, "the protocol is found out by ALPN", "proto")
                .refused(1, "that protocol is not spoken", "accept-netscaler-cip")
                .followed(1, "default-crt")
                .refused(1, "certificates are not made here", "ca-sign-file", "ca-sign-pass")
                .refused(0, "connections are not taken over", "rev");
    }

    static ParameterTable server() {
        return new ParameterTable()
                .followed(0, "backup", "disabled", "enabled", "no-backup", "ssl", "no-ssl")
                .followed(0, "no-sslv3", "no-tlsv10", "no-tlsv11", "no-tlsv12", "no-tlsv13")
                .followed(0, "force-sslv3", "force-tlsv10", "force-tlsv11", "force-tlsv12", "force-tlsv13")
                .followed(1, "weight", "maxconn", "minconn", "ca-file", "ciphers", "crl-file", "crt", "verify")
                .followed(1, "ssl-max-ver", "ssl-min-ver", "sni", "verifyhost", "ciphersuites")
                .followed(0, "check", "no-check", "check-ssl")
                .followed(1, "addr", "downinter", "fall", "fastinter", "inter", "on-marked-down", "port", "rise")
                .followed(0, "agent-check", "no-agent-check", "check-send-proxy", "no-check-send-proxy")
                .followed(1, "agent-addr", "agent-inter", "agent-port", "agent-send")
                .followed(1, "observe", "on-error", "error-limit", "on-marked-up")
                .quiet(0, CHECKED, "check-via-socks4", "no-check-ssl")
                .quiet(0, CHECKED, "check-reuse-pool", "no-check-reuse-pool")
                .quiet(1, CHECKED, "check-alpn", "check-proto", "check-sni", "check-pool-conn-name", "healthcheck")
                .followed(1, "cookie", "id", "maxqueue", "slowstart", "track")
                .followed(0, "non-stick", "stick")
                .followed(0, "send-proxy", "send-proxy-v2", "send-proxy-v2-ssl", "send-proxy-v2-ssl-cn")
                .followed(0, "no-send-proxy", "no-send-proxy-v2", "no-send-proxy-v2-ssl", "no-send-proxy-v2-ssl-cn")
                .quiet(1, "it is not sent", "proxy-v2-options", "set-proxy-v2-tlv-fmt")
                .quiet(0, LIBRARY, "allow-0rtt", "no-ssl-reuse", "ssl-reuse", "no-tls-tickets", "tls-tickets")
                .quiet(0, LIBRARY, "no-verifyhost", "no-sni-auto", "sni-auto", "check-sni-auto", "no-check-sni-auto")
                .quiet(1, LIBRARY, "alpn", "npn", "sigalgs", "client-sigalgs", "curves")
                .quiet(0, LIBRARY, "renegotiate", "no-renegotiate", "strict-maxconn")
                .quiet(1, KERNEL, "namespace", "tcp-ut", "max-reuse", "ws", "cc", "tcp-md5sig")
                .quiet(0, KERNEL, "tfo", "no-tfo")
                .quiet(1, POOL, "pool-low-conn", "pool-max-conn", "pool-purge-delay", "pool-conn-name", "idle-ping")
                .quiet(1, PEOPLE, "guid", "log-proto", "log-bufsize", "hash-key")
                .followed(1, "init-addr", "resolve-net", "resolve-opts", "resolve-prefer", "resolvers")
                .quiet(1, "servers are up before their first check", "init-state")
                .followed(1, "source")
                .warned(1, "the interface is the kernel's choice", "interface")
                .refused(1, "connections are not made in the name of clients", "usesrc")
                .refused(1, "use http-request redirect", "redir")
                .refused(1, "that protocol is not spoken", "socks4", "proto");
    }
}
