package dev.fairlead.dialect.haproxy.table;

import static dev.fairlead.dialect.Arity.ANY;
import static dev.fairlead.dialect.Arity.atLeast;
import static dev.fairlead.dialect.Arity.between;
import static dev.fairlead.dialect.Arity.exactly;

import java.util.Set;

/// The keywords of the section `global`.
final class GlobalRows {
    private static final Set<Context> HERE = Set.of(Context.GLOBAL);
    private static final String MEMORY = "sizes of buffers and tables are found out while running";
    private static final String PROCESSES = "one process runs one event loop for each processor";

    private GlobalRows() {}

    static Rows rows() {
        Rows rows = new Rows();
        followedRows(rows);
        processRows(rows);
        memoryRows(rows);
        securityRows(rows);
        otherRows(rows);
        return rows;
    }

    private static void followedRows(Rows rows) {
        rows.last("daemon", HERE, ANY, "Goes to the background.")
                .last(
                        "unix-bind",
                        HERE,
                        atLeast(2),
                        "Who may use unix sockets of `bind`, and what their paths begin with.")
                .last("user", HERE, exactly(1), "Whom to become once listeners are open.")
                .last("uid", HERE, exactly(1), "The same by number.")
                .last("group", HERE, exactly(1), "Which group to become.")
                .last("gid", HERE, exactly(1), "The same by number.")
                .last("noreuseport", HERE, ANY, "An address is not shared with an older process that still listens.")
                .last("pidfile", HERE, exactly(1), "Where the process id is written.")
                .last("maxconn", HERE, exactly(1), "The most client connections at once.")
                .last("maxconnrate", HERE, exactly(1), "Connections let in within a second, over all; others wait.")
                .last("maxsessrate", HERE, exactly(1), "The same.")
                .warned(
                        HERE,
                        "connections with TLS are not counted apart; maxconn and maxconnrate bound them, too",
                        "maxsslconn",
                        "maxsslrate")
                .last("ssl-default-bind-ciphersuites", HERE, exactly(1), "Has to name all ciphers of TLS 1.3.")
                .last("ssl-default-server-ciphersuites", HERE, exactly(1), "The same towards servers.")
                .last("nbthread", HERE, exactly(1), "How many event loops run.")
                .each("log", HERE, atLeast(2), "Where requests are logged that proxies with `log global` serve.")
                .last("log-tag", HERE, exactly(1), "The name in syslog lines.")
                .last("log-send-hostname", HERE, between(0, 1), "The host's name in syslog lines.")
                .each("set-var", HERE, exactly(2), "A variable of the process from the start: a constant.")
                .each("set-var-fmt", HERE, exactly(2), "The same by a text.")
                .last("hard-stop-after", HERE, exactly(1), "How long connections may last after a soft stop.")
                .last("grace", HERE, exactly(1), "How long to go on accepting after a soft stop.")
                .last("ca-base", HERE, exactly(1), "The folder that relative `ca-file` and `crl-file` are in.")
                .last("crt-base", HERE, exactly(1), "The folder that relative `crt` are in.")
                .last("key-base", HERE, exactly(1), "The folder that relative `key` are in.")
                .last("default-path", HERE, between(1, 2), "What relative file names start from.")
                .last("ssl-default-bind-ciphers", HERE, exactly(1), "Ciphers of `bind ... ssl` up to TLS 1.2.")
                .last("ssl-default-bind-curves", HERE, exactly(1), "Key-exchange groups of `bind ... ssl`.")
                .last("ssl-default-bind-options", HERE, atLeast(1), "Versions of `bind ... ssl`.")
                .last("ssl-default-server-ciphers", HERE, exactly(1), "Ciphers towards servers up to TLS 1.2.")
                .last("ssl-default-server-options", HERE, atLeast(1), "Versions towards servers.")
                .last("ssl-server-verify", HERE, exactly(1), "Whether servers' certificates are checked.")
                .each("setenv", HERE, exactly(2), "Sets an environment variable for the lines that follow.")
                .each("presetenv", HERE, exactly(2), "The same unless it is set.")
                .each("unsetenv", HERE, atLeast(1), "Forgets environment variables.")
                .each("resetenv", HERE, ANY, "Forgets all environment variables but these.")
                .last("tune.bufsize", HERE, exactly(1), "How large a head or a buffered piece of a body may be.")
                .last("tune.http.maxhdr", HERE, exactly(1), "How many header fields a message may have.")
                .last("description", HERE, ANY, "A text for people.")
                .last("node", HERE, exactly(1), "A name for people.")
                .each("stats socket", HERE, atLeast(1), "A socket for commands: `show stat`, `set server`, ….")
                .last("stats timeout", HERE, exactly(1), "How long a connection to such a socket may say nothing.");
    }

    private static void processRows(Rows rows) {
        rows.warned(
                        HERE,
                        "several processes do not exist any more in HAProxy since 2.5 either; nbthread is today's"
                                + " form, and "
                                + PROCESSES,
                        "nbproc")
                .quiet(
                        HERE,
                        PROCESSES,
                        "cpu-map",
                        "cpu-policy",
                        "cpu-set",
                        "thread-group",
                        "thread-groups",
                        "thread-hard-limit",
                        "numa-cpu-mapping",
                        "master-worker",
                        "mworker-max-reloads",
                        "bind-process",
                        "busy-polling",
                        "noepoll",
                        "nopoll",
                        "nokqueue",
                        "noevports",
                        "nosplice",
                        "nogetaddrinfo",
                        "noktls",
                        "profiling.tasks",
                        "profiling.memory",
                        "force-cfg-parser-pause",
                        "warn-blocked-traffic-after",
                        "stress-level",
                        "set-dumpable",
                        "ulimit-n",
                        "fd-hard-limit",
                        "prealloc-fd",
                        "strict-limits",
                        "zero-warning",
                        "quiet",
                        "debug",
                        "anonkey",
                        "no-memory-trimming",
                        "expose-experimental-directives",
                        "expose-deprecated-directives",
                        "localpeer",
                        "shm-stats-file",
                        "shm-stats-file-max-objects",
                        "stats-file",
                        "dns-accept-family",
                        "h2-workaround-bogus-websocket-clients",
                        "insecure-fork-wanted",
                        "insecure-setuid-wanted",
                        "harden.reject-privileged-ports.tcp",
                        "harden.reject-privileged-ports.quic",
                        "cluster-secret",
                        "close-spread-time",
                        "spread-checks",
                        "max-spread-checks",
                        "limited-quic",
                        "no-quic",
                        "setcap");
    }

    private static void memoryRows(Rows rows) {
        rows.quiet(
                HERE,
                MEMORY,
                "maxcompcpuusage",
                "maxcomprate",
                "maxpipes",
                "maxzlibmem",
                "tune.applet.zero-copy-forwarding",
                "tune.buffers.limit",
                "tune.buffers.reserve",
                "tune.bufsize.small",
                "tune.chksize",
                "tune.comp.maxlevel",
                "tune.disable-fast-forward",
                "tune.disable-zero-copy-forwarding",
                "tune.dns.capture",
                "tune.events.max-events-at-once",
                "tune.fail-alloc",
                "tune.fd.edge-triggered",
                "tune.h1.be.glitches-threshold",
                "tune.h1.fe.glitches-threshold",
                "tune.h1.zero-copy-fwd-recv",
                "tune.h1.zero-copy-fwd-send",
                "tune.h2.be.glitches-threshold",
                "tune.h2.be.initial-window-size",
                "tune.h2.be.max-concurrent-streams",
                "tune.h2.be.rxbuf",
                "tune.h2.fe.glitches-threshold",
                "tune.h2.fe.initial-window-size",
                "tune.h2.fe.max-concurrent-streams",
                "tune.h2.fe.max-total-streams",
                "tune.h2.fe.rxbuf",
                "tune.h2.header-table-size",
                "tune.h2.initial-window-size",
                "tune.h2.max-concurrent-streams",
                "tune.h2.max-frame-size",
                "tune.h2.zero-copy-fwd-send",
                "tune.glitches.kill.cpu-usage",
                "tune.http.cookielen",
                "tune.http.logurilen",
                "tune.idle-pool.shared",
                "tune.idletimer",
                "tune.listener.default-shards",
                "tune.listener.multi-queue",
                "tune.lua.bool-sample-conversion",
                "tune.lua.burst-timeout",
                "tune.lua.forced-yield",
                "tune.lua.log.loggers",
                "tune.lua.log.stderr",
                "tune.lua.maxmem",
                "tune.lua.service-timeout",
                "tune.lua.session-timeout",
                "tune.lua.task-timeout",
                "tune.max-checks-per-thread",
                "tune.max-rules-at-once",
                "tune.maxaccept",
                "tune.maxpollevents",
                "tune.maxrewrite",
                "tune.memory.hot-size",
                "tune.notsent-lowat.client",
                "tune.notsent-lowat.server",
                "tune.pattern.cache-size",
                "tune.peers.max-updates-at-once",
                "tune.pipesize",
                "tune.pool-high-fd-ratio",
                "tune.pool-low-fd-ratio",
                "tune.pt.zero-copy-forwarding",
                "tune.rcvbuf.backend",
                "tune.rcvbuf.client",
                "tune.rcvbuf.frontend",
                "tune.rcvbuf.server",
                "tune.recv_enough",
                "tune.renice.runtime",
                "tune.renice.startup",
                "tune.ring.queues",
                "tune.runqueue-depth",
                "tune.sched.low-latency",
                "tune.sndbuf.backend",
                "tune.sndbuf.client",
                "tune.sndbuf.frontend",
                "tune.sndbuf.server",
                "tune.stick-counters",
                "tune.takeover-other-tg-connections",
                "tune.vars.check-max-size",
                "tune.vars.global-max-size",
                "tune.vars.proc-max-size",
                "tune.vars.reqres-max-size",
                "tune.vars.sess-max-size",
                "tune.vars.txn-max-size",
                "tune.zlib.memlevel",
                "tune.zlib.windowsize",
                "tune.epoll.mask-events",
                "tune.defaults.purge",
                "tune.cli.max-payload-size");
        rows.quiet(
                HERE,
                "HTTP/3 is not offered",
                "tune.quic.be.cc.cubic-min-losses",
                "tune.quic.cc-hystart",
                "tune.quic.cc.cubic.min-losses",
                "tune.quic.disable-tx-pacing",
                "tune.quic.disable-udp-gso",
                "tune.quic.fe.cc.max-win-size",
                "tune.quic.fe.sec.retry-threshold",
                "tune.quic.fe.stream.max-concurrent",
                "tune.quic.frontend.conn-tx-buffers.limit",
                "tune.quic.frontend.default-max-window-size",
                "tune.quic.frontend.glitches-threshold",
                "tune.quic.frontend.max-data-size",
                "tune.quic.frontend.max-idle-timeout",
                "tune.quic.frontend.max-streams-bidi",
                "tune.quic.frontend.max-tx-mem",
                "tune.quic.frontend.stream-data-ratio",
                "tune.quic.listen",
                "tune.quic.max-frame-loss",
                "tune.quic.mem.tx-max",
                "tune.quic.reorder-ratio",
                "tune.quic.retry-threshold",
                "tune.quic.socket-owner",
                "tune.quic.zero-copy-fwd-send");
    }

    private static void securityRows(Rows rows) {
        rows.quiet(
                        HERE,
                        "the TLS library chooses these itself",
                        "ssl-default-bind-client-sigalgs",
                        "ssl-default-bind-sigalgs",
                        "ssl-default-server-client-sigalgs",
                        "ssl-default-server-curves",
                        "ssl-default-server-sigalgs",
                        "ssl-dh-param-file",
                        "ssl-mode-async",
                        "ssl-propquery",
                        "ssl-provider",
                        "ssl-provider-path",
                        "ssl-engine",
                        "ssl-security-level",
                        "ssl-skip-self-issued-ca",
                        "ssl-load-extra-del-ext",
                        "ssl-load-extra-files",
                        "ssl-passphrase-cmd",
                        "issuers-chain-path",
                        "limit-sess-tickets",
                        "tune.ssl.cachesize",
                        "tune.ssl.capture-buffer-size",
                        "tune.ssl.capture-cipherlist-size",
                        "tune.ssl.certificate-compression",
                        "tune.ssl.default-dh-param",
                        "tune.ssl.force-private-cache",
                        "tune.ssl.hard-maxrecord",
                        "tune.ssl.keylog",
                        "tune.ssl.lifetime",
                        "tune.ssl.maxrecord",
                        "tune.ssl.ocsp-update.maxdelay",
                        "tune.ssl.ocsp-update.mindelay",
                        "tune.ssl.ssl-ctx-cache-size",
                        "ocsp-update.disable",
                        "ocsp-update.httpproxy",
                        "ocsp-update.maxdelay",
                        "ocsp-update.mindelay",
                        "ocsp-update.mode",
                        "acme.scheduler")
                .warned(HERE, "the process stays where it is", "chroot");
    }

    private static void otherRows(Rows rows) {
        rows.warned(
                        HERE,
                        "sockets for commands take any number of connections",
                        "stats",
                        "stats maxconn",
                        "stats bind-process")
                .refused(HERE, "Lua programs do not run here", "lua-load", "lua-load-per-thread", "lua-prepend-path")
                .quiet(
                        HERE,
                        "names of header fields go out in lower case unless the case is adjusted, which is not done",
                        "h1-case-adjust",
                        "h1-case-adjust-file")
                .quiet(
                        HERE,
                        "there is nothing here that it concerns",
                        "51degrees-allow-unmatched",
                        "51degrees-cache-size",
                        "51degrees-data-file",
                        "51degrees-difference",
                        "51degrees-drift",
                        "51degrees-property-name-list",
                        "51degrees-property-separator",
                        "51degrees-use-performance-graph",
                        "51degrees-use-predictive-graph",
                        "deviceatlas-json-file",
                        "deviceatlas-log-level",
                        "deviceatlas-properties-cookie",
                        "deviceatlas-separator",
                        "wurfl-cache-size",
                        "wurfl-data-file",
                        "wurfl-information-list",
                        "wurfl-information-list-separator",
                        "httpclient.resolvers.disabled",
                        "httpclient.resolvers.id",
                        "httpclient.resolvers.prefer",
                        "httpclient.retries",
                        "httpclient.ssl.ca-file",
                        "httpclient.ssl.verify",
                        "httpclient.timeout.connect",
                        "external-check",
                        "pp2-never-send-local",
                        "h1-accept-payload-with-any-method",
                        "h1-do-not-close-on-insecure-transfer-encoding",
                        "http-err-codes",
                        "http-fail-codes",
                        "server-state-base",
                        "server-state-file",
                        "trace");
    }
}
