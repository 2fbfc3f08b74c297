package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.refused;
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
                        HONOURED),
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
}
