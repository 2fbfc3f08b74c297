package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.refused;
import static dev.fairlead.dialect.gunicorn.Setting.row;

import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.List;

/// Settings of processes, and of whom and what to believe in a request.
final class MechanicsRows {
    static final List<Setting> ROWS = rows();

    private MechanicsRows() {}

    private static List<Setting> rows() {
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
                row(
                        "umask",
                        "-m --umask",
                        Kind.NUMBER,
                        "0",
                        "Bits the file of a unix socket shall not have of 0777; workers keep the caller's.",
                        HONOURED),
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
                        "A PasteDeploy file, which PasteDeploy reads; `FILE#NAME` for an application of that name.",
                        HONOURED),
                row(
                        "raw_paste_global_conf",
                        "--paste-global",
                        Kind.LIST,
                        "",
                        "Variables for it: NAME=VALUE.",
                        HONOURED),
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
                        "Who may connect with proxy_protocol; others are answered 403.",
                        HONOURED),
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
}
