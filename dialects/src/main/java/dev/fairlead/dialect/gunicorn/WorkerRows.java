package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.refused;
import static dev.fairlead.dialect.gunicorn.Setting.row;

import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.List;

/// Settings of what is run, where it listens, its workers and how much they take on.
final class WorkerRows {
    static final List<Setting> ROWS = rows();

    private WorkerRows() {}

    private static List<Setting> rows() {
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
                        "Requests a gevent, eventlet or ASGI worker runs at once.",
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
                        HONOURED),
                row(
                        "limit_request_field_size",
                        "--limit-request-field_size",
                        Kind.NUMBER,
                        "8190",
                        "Most bytes of a header field.",
                        HONOURED),
                row("reload", "--reload", Kind.FLAG, "False", "Goes over to new code when a file changes.", HONOURED),
                row(
                        "reload_engine",
                        "--reload-engine",
                        Kind.TEXT,
                        "auto",
                        "How files are watched.",
                        none("they are looked at every second")),
                row("reload_extra_files", "--reload-extra-file", Kind.LIST, "", "More files to watch.", HONOURED),
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
}
