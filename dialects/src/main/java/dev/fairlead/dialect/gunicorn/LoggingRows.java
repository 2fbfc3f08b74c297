package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.row;

import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.List;

/// Settings of logs and names.
final class LoggingRows {
    static final List<Setting> ROWS = rows();

    private LoggingRows() {}

    private static List<Setting> rows() {
        return List.of(
                row("accesslog", "--access-logfile", Kind.TEXT, "", "The access log; - for standard output.", HONOURED),
                row(
                        "disable_redirect_access_to_syslog",
                        "--disable-redirect-access-to-syslog",
                        Kind.FLAG,
                        "False",
                        "Keeps the access log out of syslog.",
                        HONOURED),
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
                        HONOURED),
                row(
                        "logger_class",
                        "--logger-class",
                        Kind.TEXT,
                        "gunicorn.glogging.Logger",
                        "The class that logs.",
                        HONOURED),
                row("logconfig", "--log-config", Kind.TEXT, "", "A file for Python's logging.", HONOURED),
                row("logconfig_dict", "", Kind.MAP, "", "The same as a dictionary.", HONOURED),
                row("logconfig_json", "--log-config-json", Kind.TEXT, "", "The same as JSON.", HONOURED),
                row(
                        "syslog_addr",
                        "--log-syslog-to",
                        Kind.TEXT,
                        "udp://localhost:514",
                        "The syslog server: udp://HOST:PORT, tcp://HOST:PORT, unix://PATH#dgram, unix://PATH#stream.",
                        HONOURED),
                row("syslog", "--log-syslog", Kind.FLAG, "False", "Logs to syslog as well.", HONOURED),
                row("syslog_prefix", "--log-syslog-prefix", Kind.TEXT, "", "The application's name there.", HONOURED),
                row("syslog_facility", "--log-syslog-facility", Kind.TEXT, "user", "With which facility.", HONOURED),
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
                        "Where figures are sent: HOST:PORT, unix:PATH.",
                        HONOURED),
                row("dogstatsd_tags", "--dogstatsd-tags", Kind.TEXT, "", "Tags of all figures.", HONOURED),
                row("statsd_prefix", "--statsd-prefix", Kind.TEXT, "", "What names of figures begin with.", HONOURED),
                row("proc_name", "-n --name", Kind.TEXT, "", "What the application is called.", HONOURED),
                row(
                        "default_proc_name",
                        "",
                        Kind.TEXT,
                        "gunicorn",
                        "",
                        none("an application without a name is called as its target")));
    }
}
