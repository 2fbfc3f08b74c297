package dev.fairlead.dialect.gunicorn;

import dev.fairlead.dialect.gunicorn.Setting.Effect;
import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every setting of gunicorn 20 to 26 (its documentation, "Settings").
public final class SettingsTable {
    private static final Effect HONOURED = new Effect.Honoured();

    /// In the order they are documented.
    public static final List<Setting> ROWS = rows();

    private static final Map<String, Setting> BY_NAME = byName();
    private static final Map<String, Setting> BY_FLAG = byFlag();

    private SettingsTable() {}

    public static Optional<Setting> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// @param flag with its dashes
    static Optional<Setting> flagged(String flag) {
        return Optional.ofNullable(BY_FLAG.get(flag));
    }

    /// Every flag there is.
    static List<String> flags() {
        return List.copyOf(BY_FLAG.keySet());
    }

    private static Map<String, Setting> byName() {
        Map<String, Setting> all = new LinkedHashMap<>();
        ROWS.forEach(row -> all.put(row.name(), row));
        return all;
    }

    private static Map<String, Setting> byFlag() {
        Map<String, Setting> all = new LinkedHashMap<>();
        ROWS.forEach(row -> row.flags().forEach(flag -> all.put(flag, row)));
        return all;
    }

    private static List<Setting> rows() {
        List<Setting> all = new ArrayList<>();
        all.addAll(mainRows());
        all.addAll(mechanicsRows());
        all.addAll(loggingRows());
        all.addAll(tlsRows());
        all.addAll(hookRows());
        return List.copyOf(all);
    }

    private static Effect none(String reason) {
        return new Effect.None(reason);
    }

    private static Effect refused(String reason) {
        return new Effect.Refused(reason);
    }

    private static Setting row(String name, String flags, Kind kind, String initial, String doc, Effect effect) {
        return new Setting(
                name, flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1)), kind, initial, doc, effect);
    }

    private static List<Setting> mainRows() {
        return List.of(
                row(
                        "config",
                        "-c --config",
                        Kind.TEXT,
                        "./gunicorn.conf.py",
                        "The configuration file, in Python; `python:MODULE` for a module, `none` for no file.",
                        HONOURED),
                row(
                        "wsgi_app",
                        "",
                        Kind.TEXT,
                        "",
                        "The application where the command line names none: `MODULE:NAME`.",
                        HONOURED),
                row(
                        "bind",
                        "-b --bind",
                        Kind.LIST,
                        "127.0.0.1:8000",
                        "Where to listen: HOST:PORT, [IPV6]:PORT, unix:PATH, fd://NUMBER.",
                        HONOURED),
                row(
                        "backlog",
                        "--backlog",
                        Kind.NUMBER,
                        "2048",
                        "How many connections may wait to be accepted.",
                        HONOURED),
                row("workers", "-w --workers", Kind.NUMBER, "1", "Worker processes.", HONOURED),
                row("worker_class", "-k --worker-class", Kind.TEXT, "sync", "How workers run requests.", HONOURED),
                row(
                        "threads",
                        "--threads",
                        Kind.NUMBER,
                        "1",
                        "Requests a worker of threads runs at once; more than one turns sync into gthread.",
                        HONOURED),
                row(
                        "worker_connections",
                        "--worker-connections",
                        Kind.NUMBER,
                        "1000",
                        "Requests a gevent or ASGI worker runs at once.",
                        HONOURED),
                row(
                        "max_requests",
                        "--max-requests",
                        Kind.NUMBER,
                        "0",
                        "Requests after which a worker is replaced; its replacement starts first.",
                        HONOURED),
                row(
                        "max_requests_jitter",
                        "--max-requests-jitter",
                        Kind.NUMBER,
                        "0",
                        "A random number up to this is added for each worker.",
                        HONOURED),
                row(
                        "timeout",
                        "-t --timeout",
                        Kind.NUMBER,
                        "30",
                        "Seconds a sync worker may be silent on a request before it is killed.",
                        HONOURED),
                row(
                        "graceful_timeout",
                        "--graceful-timeout",
                        Kind.NUMBER,
                        "30",
                        "Seconds a worker that is replaced may finish its requests.",
                        HONOURED),
                row(
                        "keepalive",
                        "--keep-alive",
                        Kind.NUMBER,
                        "2",
                        "Seconds an idle connection is kept, for every kind of worker: connections are not the workers'.",
                        HONOURED),
                row(
                        "limit_request_line",
                        "--limit-request-line",
                        Kind.NUMBER,
                        "4094",
                        "Most bytes of a request line.",
                        HONOURED),
                row(
                        "limit_request_fields",
                        "--limit-request-fields",
                        Kind.NUMBER,
                        "100",
                        "Most header fields.",
                        none("the head as a whole is limited, to eight times limit_request_field_size")),
                row(
                        "limit_request_field_size",
                        "--limit-request-field_size",
                        Kind.NUMBER,
                        "8190",
                        "Most bytes of a header field.",
                        HONOURED),
                row(
                        "reload",
                        "--reload",
                        Kind.FLAG,
                        "False",
                        "Goes over to new code when a file changes.",
                        refused(
                                "watching files is not built; use fairlead deploy or the signal HUP, which cannot fail a request")),
                row(
                        "reload_engine",
                        "--reload-engine",
                        Kind.TEXT,
                        "auto",
                        "How files are watched.",
                        none("files are not watched")),
                row(
                        "reload_extra_files",
                        "--reload-extra-file",
                        Kind.LIST,
                        "",
                        "More files to watch.",
                        none("files are not watched")),
                row(
                        "spew",
                        "--spew",
                        Kind.FLAG,
                        "False",
                        "Prints every line that is executed.",
                        refused("use python3 -m trace")),
                row(
                        "check_config",
                        "--check-config",
                        Kind.FLAG,
                        "False",
                        "Loads configuration and application, and ends.",
                        HONOURED),
                row("print_config", "--print-config", Kind.FLAG, "False", "Prints the settings, and ends.", HONOURED));
    }

    private static List<Setting> mechanicsRows() {
        return List.of(
                row(
                        "preload_app",
                        "--preload",
                        Kind.FLAG,
                        "False",
                        "Imports the application once, before workers are forked.",
                        HONOURED),
                row(
                        "sendfile",
                        "--no-sendfile",
                        Kind.TEXT,
                        "",
                        "Whether files of wsgi.file_wrapper are sent by the kernel.",
                        none("files are opened and sent by traffic, which decides how")),
                row(
                        "reuse_port",
                        "--reuse-port",
                        Kind.FLAG,
                        "False",
                        "Sets SO_REUSEPORT.",
                        none("one listening socket serves all workers")),
                row("chdir", "--chdir", Kind.TEXT, "", "The application's folder.", HONOURED),
                row("daemon", "-D --daemon", Kind.FLAG, "False", "Goes to the background.", HONOURED),
                row("raw_env", "-e --env", Kind.LIST, "", "Variables for the application: NAME=VALUE.", HONOURED),
                row("pidfile", "-p --pid", Kind.TEXT, "", "Where the process id is written.", HONOURED),
                row(
                        "worker_tmp_dir",
                        "--worker-tmp-dir",
                        Kind.TEXT,
                        "",
                        "Where heartbeats are kept.",
                        none("there are no heartbeat files")),
                row("user", "-u --user", Kind.TEXT, "", "As whom workers run.", HONOURED),
                row("group", "-g --group", Kind.TEXT, "", "With which group workers run.", HONOURED),
                row("umask", "-m --umask", Kind.NUMBER, "0", "Bits new files of workers shall not have.", HONOURED),
                row(
                        "initgroups",
                        "--initgroups",
                        Kind.FLAG,
                        "False",
                        "Workers get all groups of their user.",
                        none("they always do")),
                row(
                        "tmp_upload_dir",
                        "",
                        Kind.TEXT,
                        "",
                        "Where request bodies are kept meanwhile.",
                        none("they go where the system keeps temporary files")),
                row(
                        "secure_scheme_headers",
                        "",
                        Kind.MAP,
                        "",
                        "Which header with which value says that a request came over TLS.",
                        HONOURED),
                row(
                        "forwarded_allow_ips",
                        "--forwarded-allow-ips",
                        Kind.TEXT,
                        "127.0.0.1,::1",
                        "Whose forwarding headers are believed; * for everybody.",
                        HONOURED),
                row(
                        "pythonpath",
                        "--pythonpath",
                        Kind.TEXT,
                        "",
                        "Folders added to the module path, with commas between.",
                        HONOURED),
                row(
                        "paste",
                        "--paste --paster",
                        Kind.TEXT,
                        "",
                        "A PasteDeploy file.",
                        refused("PasteDeploy files are not read; name the application as MODULE:NAME")),
                row(
                        "raw_paste_global_conf",
                        "--paste-global",
                        Kind.LIST,
                        "",
                        "Variables for it.",
                        refused("PasteDeploy files are not read")),
                row(
                        "proxy_protocol",
                        "--proxy-protocol",
                        Kind.FLAG,
                        "False",
                        "Connections begin with a PROXY protocol header.",
                        HONOURED),
                row(
                        "proxy_allow_ips",
                        "--proxy-allow-from",
                        Kind.TEXT,
                        "127.0.0.1,::1",
                        "Whose PROXY protocol headers are believed.",
                        none("with proxy_protocol every connection has to begin with one, whoever it is from")),
                row(
                        "strip_header_spaces",
                        "--strip-header-spaces",
                        Kind.FLAG,
                        "False",
                        "Allows spaces in front of the colon.",
                        refused("such requests can be read two ways (RFC 9112, section 5.1)")),
                row(
                        "tolerate_dangerous_framing",
                        "--tolerate-dangerous-framing",
                        Kind.FLAG,
                        "False",
                        "Allows contradictory framing.",
                        refused("such requests can be read two ways (RFC 9112, section 6.3)")),
                row(
                        "permit_unconventional_http_method",
                        "--permit-unconventional-http-method",
                        Kind.FLAG,
                        "False",
                        "Allows methods in lower case.",
                        none("every token is a method (RFC 9110, section 9.1)")),
                row(
                        "permit_unconventional_http_version",
                        "--permit-unconventional-http-version",
                        Kind.FLAG,
                        "False",
                        "Allows other versions.",
                        refused("only HTTP/1.0 and HTTP/1.1 requests can be framed")),
                row(
                        "permit_obsolete_folding",
                        "--permit-obsolete-folding",
                        Kind.FLAG,
                        "False",
                        "Allows folded header lines.",
                        refused("such requests can be read two ways (RFC 9112, section 5.2)")),
                row(
                        "casefold_http_method",
                        "--casefold-http-method",
                        Kind.FLAG,
                        "False",
                        "Turns methods into upper case.",
                        refused("methods are case-sensitive (RFC 9110, section 9.1)")),
                row(
                        "forwarder_headers",
                        "--forwarder-headers",
                        Kind.TEXT,
                        "SCRIPT_NAME,PATH_INFO",
                        "Headers that a trusted proxy may set although they override variables.",
                        HONOURED),
                row(
                        "header_map",
                        "--header-map",
                        Kind.TEXT,
                        "drop",
                        "What becomes of headers whose names have underscores: drop, refuse, dangerous.",
                        HONOURED));
    }

    private static List<Setting> loggingRows() {
        return List.of(
                row("accesslog", "--access-logfile", Kind.TEXT, "", "The access log; - for standard output.", HONOURED),
                row(
                        "disable_redirect_access_to_syslog",
                        "--disable-redirect-access-to-syslog",
                        Kind.FLAG,
                        "False",
                        "Keeps the access log out of syslog.",
                        none("it does not go there")),
                row(
                        "access_log_format",
                        "--access-logformat",
                        Kind.TEXT,
                        "%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\" \"%(a)s\"",
                        "What a line of the access log holds.",
                        HONOURED),
                row(
                        "errorlog",
                        "--error-logfile --log-file",
                        Kind.TEXT,
                        "-",
                        "The error log; - for standard error.",
                        HONOURED),
                row(
                        "loglevel",
                        "--log-level",
                        Kind.TEXT,
                        "info",
                        "What the error log holds: debug, info, warning, error, critical.",
                        HONOURED),
                row(
                        "capture_output",
                        "--capture-output",
                        Kind.FLAG,
                        "False",
                        "What the application prints goes to the error log.",
                        none("what it prints goes where this program prints")),
                row(
                        "logger_class",
                        "--logger-class",
                        Kind.TEXT,
                        "gunicorn.glogging.Logger",
                        "The class that logs.",
                        refused("requests are logged outside Python; set access_log_format")),
                row(
                        "logconfig",
                        "--log-config",
                        Kind.TEXT,
                        "",
                        "A file for Python's logging.",
                        refused("requests are logged outside Python; configure logging in the application")),
                row(
                        "logconfig_dict",
                        "",
                        Kind.MAP,
                        "",
                        "The same as a dictionary.",
                        refused("requests are logged outside Python; configure logging in the application")),
                row(
                        "logconfig_json",
                        "--log-config-json",
                        Kind.TEXT,
                        "",
                        "The same as JSON.",
                        refused("requests are logged outside Python; configure logging in the application")),
                row(
                        "syslog_addr",
                        "--log-syslog-to",
                        Kind.TEXT,
                        "udp://localhost:514",
                        "The syslog server.",
                        none("there is no syslog output; see syslog")),
                row(
                        "syslog",
                        "--log-syslog",
                        Kind.FLAG,
                        "False",
                        "Logs to syslog.",
                        refused(
                                "not built; put nginx's access_log syslog: in front of it, or log to - under a supervisor")),
                row("syslog_prefix", "--log-syslog-prefix", Kind.TEXT, "", "", none("there is no syslog output")),
                row(
                        "syslog_facility",
                        "--log-syslog-facility",
                        Kind.TEXT,
                        "user",
                        "",
                        none("there is no syslog output")),
                row(
                        "enable_stdio_inheritance",
                        "-R --enable-stdio-inheritance",
                        Kind.FLAG,
                        "False",
                        "Workers inherit standard output unbuffered.",
                        none("they always inherit it")),
                row(
                        "statsd_host",
                        "--statsd-host",
                        Kind.TEXT,
                        "",
                        "Where figures are sent.",
                        refused("there is no statsd output; fairlead status has the figures")),
                row("dogstatsd_tags", "--dogstatsd-tags", Kind.TEXT, "", "", none("there is no statsd output")),
                row("statsd_prefix", "--statsd-prefix", Kind.TEXT, "", "", none("there is no statsd output")),
                row("proc_name", "-n --name", Kind.TEXT, "", "What the application is called.", HONOURED),
                row(
                        "default_proc_name",
                        "",
                        Kind.TEXT,
                        "gunicorn",
                        "",
                        none("an application without a name is called as its target")));
    }

    private static List<Setting> tlsRows() {
        return List.of(
                row("keyfile", "--keyfile", Kind.TEXT, "", "The private key.", HONOURED),
                row("certfile", "--certfile", Kind.TEXT, "", "The certificate with its chain.", HONOURED),
                row(
                        "ssl_version",
                        "--ssl-version",
                        Kind.TEXT,
                        "",
                        "The version of TLS.",
                        none("TLS 1.2 and 1.3 are offered")),
                row(
                        "cert_reqs",
                        "--cert-reqs",
                        Kind.NUMBER,
                        "0",
                        "Whether clients show certificates: 0 no, 1 they may, 2 they must.",
                        HONOURED),
                row("ca_certs", "--ca-certs", Kind.TEXT, "", "Who signs clients' certificates.", HONOURED),
                row(
                        "suppress_ragged_eofs",
                        "--suppress-ragged-eofs",
                        Kind.FLAG,
                        "True",
                        "",
                        none("an end of TLS without a goodbye ends the connection quietly")),
                row(
                        "do_handshake_on_connect",
                        "--do-handshake-on-connect",
                        Kind.FLAG,
                        "False",
                        "",
                        none("handshakes never hold up a worker")),
                row("ciphers", "--ciphers", Kind.TEXT, "", "Ciphers, in OpenSSL's words.", HONOURED),
                row(
                        "ssl_context",
                        "",
                        Kind.HOOK,
                        "",
                        "Makes the TLS context.",
                        refused("TLS ends outside Python; set certfile, keyfile, ciphers")));
    }

    private static List<Setting> hookRows() {
        return List.of(
                row(
                        "on_starting",
                        "",
                        Kind.HOOK,
                        "",
                        "Before the configuration takes effect; in the process that workers are forked from.",
                        HONOURED),
                row("on_reload", "", Kind.HOOK, "", "The application is about to be deployed again.", HONOURED),
                row("when_ready", "", Kind.HOOK, "", "The workers of a generation serve.", HONOURED),
                row("pre_fork", "", Kind.HOOK, "", "Before a worker is forked.", HONOURED),
                row("post_fork", "", Kind.HOOK, "", "In a worker, first.", HONOURED),
                row("post_worker_init", "", Kind.HOOK, "", "In a worker that has loaded the application.", HONOURED),
                row("worker_int", "", Kind.HOOK, "", "In a worker that ends on INT or QUIT.", HONOURED),
                row("worker_abort", "", Kind.HOOK, "", "In a worker that ends on ABRT.", HONOURED),
                row("pre_request", "", Kind.HOOK, "", "Before a request.", HONOURED),
                row("post_request", "", Kind.HOOK, "", "Behind a request.", HONOURED),
                row("child_exit", "", Kind.HOOK, "", "A worker has ended.", HONOURED),
                row("worker_exit", "", Kind.HOOK, "", "In a worker that ends.", HONOURED),
                row("nworkers_changed", "", Kind.HOOK, "", "The number of workers was changed.", HONOURED),
                row("on_exit", "", Kind.HOOK, "", "At the end.", HONOURED),
                row(
                        "pre_exec",
                        "",
                        Kind.HOOK,
                        "",
                        "Before the program is replaced by a newer one.",
                        none("the newer program is started by this one, not by Python")));
    }
}
