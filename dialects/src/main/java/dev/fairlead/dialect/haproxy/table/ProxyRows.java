package dev.fairlead.dialect.haproxy.table;

import static dev.fairlead.dialect.Arity.ANY;
import static dev.fairlead.dialect.Arity.NONE;
import static dev.fairlead.dialect.Arity.atLeast;
import static dev.fairlead.dialect.Arity.between;
import static dev.fairlead.dialect.Arity.exactly;
import static dev.fairlead.dialect.haproxy.table.Context.ANY_PROXY;
import static dev.fairlead.dialect.haproxy.table.Context.BACK;
import static dev.fairlead.dialect.haproxy.table.Context.BACKENDS;
import static dev.fairlead.dialect.haproxy.table.Context.FRONT;
import static dev.fairlead.dialect.haproxy.table.Context.FRONTENDS;
import static dev.fairlead.dialect.haproxy.table.Context.PROXIES;

/// The keywords of `defaults`, `frontend`, `listen` and `backend`, options and rules left out.
final class ProxyRows {
    private ProxyRows() {}

    static Rows rows() {
        Rows rows = new Rows();
        common(rows);
        front(rows);
        back(rows);
        persistence(rows);
        timeouts(rows);
        errors(rows);
        statsRows(rows);
        logs(rows);
        old(rows);
        later(rows);
        return rows;
    }

    private static void common(Rows rows) {
        rows.last("mode", ANY_PROXY, exactly(1), "Whether HTTP is understood (`http`) or bytes are passed (`tcp`).")
                .each("acl", ANY_PROXY, atLeast(2), "Names a test that conditions ask for.")
                .last("disabled", ANY_PROXY, ANY, "The section is read but not run.")
                .last("enabled", ANY_PROXY, ANY, "Takes `disabled` back.")
                .last("description", ANY_PROXY, ANY, "A text for people.")
                .last("id", PROXIES, exactly(1), "A number for people.")
                .last("guid", PROXIES, exactly(1), "A name for programs.")
                .last("maxconn", FRONT, exactly(1), "The most client connections at once; further ones wait.")
                .each("redirect", PROXIES, atLeast(2), "Answers with a redirect under a condition.");
        rows.quiet(ANY_PROXY, "one process runs one event loop for each processor", "bind-process")
                .quiet(
                        ANY_PROXY,
                        "the kernel's own values for TCP keep-alive hold",
                        "clitcpka-cnt",
                        "clitcpka-idle",
                        "clitcpka-intvl",
                        "srvtcpka-cnt",
                        "srvtcpka-idle",
                        "srvtcpka-intvl");
    }

    private static void front(Rows rows) {
        rows.each("bind", FRONTENDS, atLeast(1), "An address to listen on.")
                .last("default_backend", FRONT, exactly(1), "Where requests go that no `use_backend` took.")
                .each("use_backend", FRONTENDS, atLeast(1), "Where requests go under a condition.")
                .last("backlog", FRONT, exactly(1), "Connections the kernel queues before they are accepted.")
                .last("monitor-uri", FRONT, exactly(1), "A path answered with 200 by the proxy itself.")
                .each("monitor fail", FRONTENDS, atLeast(2), "When the monitor's answer is 503.")
                .each("capture request header", FRONTENDS, exactly(3), "A field of requests for the log.")
                .each("capture response header", FRONTENDS, exactly(3), "A field of responses for the log.")
                .last("unique-id-format", FRONT, atLeast(1), "What a request's own id looks like.")
                .last("unique-id-header", FRONT, exactly(1), "The field that tells servers the id.");
        rows.each("declare capture", FRONTENDS, exactly(3), "A place for the log that `http-request capture` fills.")
                .last("capture cookie", FRONTENDS, exactly(3), "A cookie for the log.")
                .last("rate-limit sessions", FRONT, exactly(1), "Connections let in within a second; others wait.")
                .quiet(FRONT, "every listener accepts for every loop", "monitor-net");
    }

    private static void back(Rows rows) {
        rows.last("balance", BACK, atLeast(1), "How a server is chosen.")
                .last("retries", BACK, exactly(1), "How often connecting is tried again.")
                .last("retry-on", BACK, atLeast(1), "After which failures a request is tried again.")
                .each("server", BACKENDS, atLeast(2), "A server of this backend.")
                .each("default-server", BACK, atLeast(1), "Parameters of the servers that follow.")
                .last(
                        "http-reuse",
                        BACK,
                        exactly(1),
                        "Whether connections to servers are used again: not with `never`; else any that is idle.")
                .last("hash-type", BACK, between(1, 3), "How `balance` by hash maps keys to servers.");
        rows.last("http-send-name-header", BACK, exactly(1), "The field that tells servers their names.")
                .last(
                        "fullconn",
                        BACK,
                        exactly(1),
                        "How many requests make servers with `minconn` take their whole maxconn.")
                .each("server-template", BACKENDS, atLeast(3), "Servers of one address, numbered.")
                .last("dispatch", BACKENDS, exactly(1), "The only server, by its address.")
                .each("use-server", BACKENDS, atLeast(1), "Under a condition, the server by name.")
                .last("source", BACK, atLeast(1), "The address that connections to servers start from.")
                .quiet(
                        BACK,
                        "queues for single servers do not exist yet",
                        "max-keep-alive-queue",
                        "max-session-srv-conns")
                .quiet(BACK, "states of servers are not kept over a restart", "load-server-state-from-file")
                .quiet(BACKENDS, "states of servers are not kept over a restart", "server-state-file-name")
                .refused(BACKENDS, "FastCGI is not spoken", "use-fcgi-app")
                .last(
                        "hash-balance-factor",
                        BACK,
                        exactly(1),
                        "How much more than its share, in percent, a server may have; others stand in on the ring.")
                .quiet(BACKENDS, "servers that are full pass on to the next", "hash-preserve-affinity");
    }

    /// What binds clients to servers.
    private static void persistence(Rows rows) {
        rows.last("cookie", BACK, atLeast(1), "The cookie that says which server a client belongs to.")
                .last("dynamic-cookie-key", BACK, exactly(1), "The secret that `cookie … dynamic` makes cookies with.")
                .each("stick on", BACKENDS, atLeast(1), "A table remembers and finds the server of a key.")
                .each("stick match", BACKENDS, atLeast(1), "A table finds the server of a key.")
                .each("stick store-request", BACKENDS, atLeast(1), "A table remembers the server of a key.")
                .each("stick store-response", BACKENDS, atLeast(1), "The same, with a key of the response.")
                .each("force-persist", BACKENDS, atLeast(2), "Under a condition, a server is used though it is down.")
                .each("ignore-persist", BACKENDS, atLeast(2), "Under a condition, nothing binds to a server.");
        rows.last("persist rdp-cookie", BACK, ANY, "A remote desktop's cookie says the server (mode tcp).");
    }

    private static void timeouts(Rows rows) {
        rows.last("timeout client", FRONT, exactly(1), "The longest silence of a client.")
                .last("timeout server", BACK, exactly(1), "The longest silence of a server.")
                .last("timeout connect", BACK, exactly(1), "How long connecting to a server may take.")
                .last("timeout http-request", ANY_PROXY, exactly(1), "How long a request's head may take.")
                .last("timeout http-keep-alive", ANY_PROXY, exactly(1), "How long a client may wait between requests.")
                .last("timeout tarpit", ANY_PROXY, exactly(1), "How long `tarpit` lets a client wait.");
        rows.last("timeout check", BACK, exactly(1), "How long the answer to a health check may take.")
                .last("timeout queue", BACK, exactly(1), "How long a request waits for a server that is not full.")
                .last(
                        "timeout tunnel",
                        BACK,
                        exactly(1),
                        "The longest silence of both sides in mode tcp, and in mode http once the protocol is"
                                + " switched.");
        rows.last("timeout client-fin", FRONT, exactly(1), "The longest silence once the client has ended (mode tcp).")
                .last(
                        "timeout server-fin",
                        BACK,
                        exactly(1),
                        "The longest silence once the server has ended (mode tcp).")
                .quiet(FRONT, "a handshake has a minute", "timeout client-hs");
        rows.each("clitimeout", FRONT, exactly(1), "Old form of `timeout client`.")
                .each("srvtimeout", BACK, exactly(1), "Old form of `timeout server`.")
                .each("contimeout", BACK, exactly(1), "Old form of `timeout connect`.");
    }

    private static void statsRows(Rows rows) {
        rows.each("stats enable", ANY_PROXY, ANY, "A page that shows what proxies and servers are doing.")
                .last("stats uri", ANY_PROXY, exactly(1), "What addresses of the page begin with.")
                .each("stats auth", ANY_PROXY, exactly(1), "A user and a password who may see it.")
                .last("stats realm", ANY_PROXY, exactly(1), "What browsers say when they ask for the password.")
                .each("stats admin", ANY_PROXY, atLeast(1), "Who may put servers to work and take them out by it.")
                .last("stats refresh", ANY_PROXY, exactly(1), "How often browsers ask again; seconds without a unit.")
                .each("stats scope", ANY_PROXY, exactly(1), "A proxy that is shown; `.` for this one. All without it.")
                .each("stats hide-version", ANY_PROXY, ANY, "The page does not say what runs.")
                .each("stats show-legends", ANY_PROXY, ANY, "The page says addresses and cookies of servers.")
                .last("stats show-desc", ANY_PROXY, ANY, "The page says a text, or the description of `global`.")
                .last("stats show-node", ANY_PROXY, ANY, "The page says a name, or the node of `global`.")
                .each("stats http-request", ANY_PROXY, atLeast(1), "Who may see it: `allow`, `deny` or `auth`.");
    }

    private static void errors(Rows rows) {
        rows.each("errorfile", ANY_PROXY, exactly(2), "A file with the whole answer to an error.")
                .each("errorloc", ANY_PROXY, exactly(2), "Where clients are sent with 302 after an error.")
                .each("errorloc302", ANY_PROXY, exactly(2), "The same.")
                .each("errorloc303", ANY_PROXY, exactly(2), "Where clients are sent with 303 after an error.")
                .each("errorfiles", ANY_PROXY, atLeast(1), "Errors from a section `http-errors`.")
                .each("http-error", ANY_PROXY, atLeast(2), "An answer to an error.");
    }

    private static void logs(Rows rows) {
        rows.each("log", ANY_PROXY, ANY, "Where requests are logged.")
                .last("log-format", FRONT, atLeast(1), "What a line of the log says.")
                .last(
                        "error-log-format",
                        FRONT,
                        atLeast(1),
                        "What a line says of a connection that fails before a request.")
                .last("log-tag", ANY_PROXY, exactly(1), "The name in syslog lines.");
        rows.quiet(FRONT, "lines have no structured data", "log-format-sd")
                .quiet(ANY_PROXY, "requests are logged once, at their end", "log-steps");
    }

    /// What how-tos of 1.3 and 1.4 show and HAProxy has dropped since.
    private static void old(Rows rows) {
        rows.refused(
                        PROXIES,
                        "gone since 2.1; today's form is http-request or http-response with set-header, del-header,"
                                + " replace-header, replace-path, deny, tarpit or allow under a condition",
                        "reqadd",
                        "reqallow",
                        "reqdel",
                        "reqdeny",
                        "reqiallow",
                        "reqidel",
                        "reqideny",
                        "reqipass",
                        "reqirep",
                        "reqisetbe",
                        "reqitarpit",
                        "reqpass",
                        "reqrep",
                        "reqsetbe",
                        "reqtarpit",
                        "rspadd",
                        "rspdel",
                        "rspdeny",
                        "rspidel",
                        "rspideny",
                        "rspirep",
                        "rsprep")
                .refused(PROXIES, "gone since 2.1; today's form is: http-request deny if CONDITION", "block")
                .refused(BACKENDS, "gone since 1.9; today's forms are cookie and stick", "appsession")
                .quiet(ANY_PROXY, "gone since 2.0", "transparent");
    }

    private static void later(Rows rows) {
        rows.last("stick-table", PROXIES, atLeast(4), "A table of counters by key, shared by all that name this proxy.")
                .quiet(ANY_PROXY, "the page shows them all", "stats show-modules")
                .each("http-check expect", BACK, atLeast(2), "What the answer to a health check has to be like.")
                .each("http-check send", BACK, atLeast(1), "What a health check asks for.")
                .each("tcp-check connect", BACK, ANY, "A health check's next connection, and where it goes.")
                .each("tcp-check send", BACK, atLeast(1), "What a health check says.")
                .each("tcp-check send-binary", BACK, atLeast(1), "The same in hexadecimal digits.")
                .each("tcp-check expect", BACK, atLeast(2), "What a health check has to hear.")
                .quiet(BACK, "it is for people", "http-check comment", "tcp-check comment")
                .each("http-check connect", BACK, ANY, "A health check's next connection, and where it goes.")
                .toggle("http-check disable-on-404", BACK, "A server that answers 404 gets no new clients.")
                .toggle("http-check send-state", BACK, "Health checks tell a server what counts of it.")
                .each("http-check set-var", BACK, atLeast(1), "A variable of health checks; a constant.")
                .each("http-check set-var-fmt", BACK, atLeast(1), "The same by a text.")
                .each("http-check unset-var", BACK, ANY, "The variable has no value from here on.")
                .each("tcp-check send-lf", BACK, atLeast(1), "What a health check says, with variables.")
                .each("tcp-check send-binary-lf", BACK, atLeast(1), "The same in hexadecimal digits.")
                .each("tcp-check set-var", BACK, atLeast(1), "A variable of health checks; a constant.")
                .each("tcp-check set-var-fmt", BACK, atLeast(1), "The same by a text.")
                .each("tcp-check unset-var", BACK, ANY, "The variable has no value from here on.")
                .warned(BACK, "programs do not check servers", "external-check command", "external-check path")
                .warned(ANY_PROXY, "no mail is sent", "email-alert from", "email-alert level", "email-alert mailers")
                .warned(ANY_PROXY, "no mail is sent", "email-alert myhostname", "email-alert to")
                .each("compression algo", ANY_PROXY, atLeast(1), "How answers of servers are compressed.")
                .each("compression algo-res", ANY_PROXY, exactly(1), "The same.")
                .each("compression type", ANY_PROXY, atLeast(1), "What their content types begin with; all without it.")
                .each("compression type-res", ANY_PROXY, atLeast(1), "The same.")
                .last("compression offload", ANY_PROXY, ANY, "Servers are not asked to compress.")
                .warned(ANY_PROXY, "requests are not compressed", "compression algo-req", "compression direction")
                .warned(ANY_PROXY, "requests are not compressed", "compression type-req", "compression minsize-req")
                .warned(ANY_PROXY, "answers of any length are compressed", "compression minsize-res")
                .each("filter compression", PROXIES, NONE, "Where compression stands among filters; it is alone.")
                .refused(PROXIES, "filters are programs that do not run here", "filter")
                .last("monitor", FRONT, NONE, "See `monitor fail` and `monitor-uri`.");
    }
}
