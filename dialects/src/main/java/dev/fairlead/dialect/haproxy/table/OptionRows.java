package dev.fairlead.dialect.haproxy.table;

import static dev.fairlead.dialect.Arity.ANY;
import static dev.fairlead.dialect.Arity.exactly;
import static dev.fairlead.dialect.haproxy.table.Context.ANY_PROXY;
import static dev.fairlead.dialect.haproxy.table.Context.BACK;
import static dev.fairlead.dialect.haproxy.table.Context.FRONT;

/// What may stand behind `option`.
final class OptionRows {
    private OptionRows() {}

    static Rows rows() {
        Rows rows = new Rows();
        rows.last("option forwardfor", ANY_PROXY, ANY, "Tells servers the client's address in X-Forwarded-For.")
                .last("option originalto", ANY_PROXY, ANY, "Tells servers the address asked for in X-Original-To.")
                .last("option httplog", ANY_PROXY, ANY, "A line of the log tells about the HTTP request.")
                .last(
                        "option http-restrict-req-hdr-names",
                        ANY_PROXY,
                        exactly(1),
                        "Fields whose names are not letters, digits and dashes are deleted, or refused.")
                .last("option httpslog", FRONT, ANY, "The same with the TLS session.")
                .last("option tcplog", ANY_PROXY, ANY, "A line of the log tells about the connection.")
                .toggle("option dontlognull", FRONT, "Clients that say nothing until they are late are not logged.")
                .toggle("option dontlog-normal", FRONT, "Only requests that went wrong are logged.")
                .toggle("option log-separate-errors", FRONT, "Those are logged with the level err.")
                .toggle("option logasap", FRONT, "Lines do not wait for the end; a plus sign marks what still grows.")
                .toggle("option http-server-close", ANY_PROXY, "A server's connection is used once.")
                .toggle("option httpclose", ANY_PROXY, "Connections are closed after each response.")
                .toggle("option http-ignore-probes", ANY_PROXY, "A client that never said anything gets no answer.")
                .toggle("option http-buffer-request", ANY_PROXY, "Rules run once the body is here.")
                .last("option tcpka", ANY_PROXY, ANY, "TCP keep-alive on both sides.")
                .last("option httpchk", BACK, ANY, "Health checks are HTTP requests.")
                .last("option tcp-check", BACK, ANY, "Health checks are what `tcp-check` lines say.")
                .last("option ldap-check", BACK, ANY, "Health checks bind to an LDAP server.")
                .last("option mysql-check", BACK, ANY, "Health checks wait for MySQL's greeting.")
                .last("option pgsql-check", BACK, ANY, "Health checks begin a session of PostgreSQL.")
                .last("option redis-check", BACK, ANY, "Health checks are PING to Redis.")
                .last("option smtpchk", BACK, ANY, "Health checks greet a mail server.")
                .last("option ssl-hello-chk", BACK, ANY, "Health checks are the first message of SSL.")
                .toggle("option allbackups", BACK, "All backup servers are used, not the first one only.")
                .toggle("option persist", BACK, "What binds to a server holds though it is down.")
                .toggle("option redispatch", BACK, "The last try goes to another server, or every Nth.")
                .toggle("option clitcpka", FRONT, "TCP keep-alive on clients' connections.")
                .toggle("option srvtcpka", BACK, "TCP keep-alive on servers' connections.");
        rows.quiet(
                        ANY_PROXY,
                        "the engine decides this while running",
                        "option contstats",
                        "option socket-stats",
                        "option splice-auto",
                        "option splice-request",
                        "option splice-response",
                        "option http-no-delay",
                        "option independent-streams",
                        "option independant-streams",
                        "option tcp-smart-accept",
                        "option tcp-smart-connect",
                        "option nolinger",
                        "option prefer-last-server",
                        "option idle-close-on-response",
                        "option disable-h2-upgrade",
                        "option http-pretend-keepalive",
                        "option http-use-proxy-header",
                        "option http-use-htx",
                        "option accept-unsafe-violations-in-http-request",
                        "option accept-unsafe-violations-in-http-response",
                        "option h1-case-adjust-bogus-client",
                        "option h1-case-adjust-bogus-server",
                        "option http-drop-request-trailers",
                        "option http-drop-response-trailers",
                        "option use-small-buffers")
                .quiet(ANY_PROXY, "gone since 2.0; today's form is option httpclose", "option forceclose")
                .quiet(ANY_PROXY, "gone since 2.1", "option http-tunnel")
                .quiet(ANY_PROXY, "it is how connections are treated in any case", "option http-keep-alive")
                .quiet(BACK, "it is how requests are treated in any case", "option abortonclose")
                .warned(
                        ANY_PROXY,
                        "malformed messages are refused all the same",
                        "option accept-invalid-http-request",
                        "option accept-invalid-http-response")
                .warned(BACK, "programs do not check servers", "option external-check")
                .warned(BACK, "agents of that protocol are not asked", "option spop-check")
                .quiet(BACK, "what checks find out is always told", "option log-health-checks")
                .refused(BACK, "answers are not looked through for cookies that caches may keep", "option checkcache")
                .refused(ANY_PROXY, "packets are not taken over from other hosts", "option transparent");
        return rows;
    }
}
