package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.refused;
import static dev.fairlead.dialect.gunicorn.Setting.row;

import dev.fairlead.dialect.gunicorn.Setting.Effect;
import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.ArrayList;
import java.util.List;

/// What gunicorn 24 to 26 have added: ASGI, other protocols, workers for long tasks, a control socket.
final class NewerRows {
    static final List<Setting> ROWS = rows();

    private NewerRows() {}

    private static List<Setting> rows() {
        List<Setting> all = new ArrayList<>(asgi());
        all.addAll(protocols());
        all.addAll(clients());
        all.addAll(tasks());
        return List.copyOf(all);
    }

    private static List<Setting> asgi() {
        return List.of(
                row(
                        "asgi_loop",
                        "--asgi-loop",
                        Kind.TEXT,
                        "auto",
                        "The event loop of ASGI workers: auto, asyncio, uvloop.",
                        HONOURED),
                row(
                        "asgi_lifespan",
                        "--asgi-lifespan",
                        Kind.TEXT,
                        "auto",
                        "Whether ASGI applications are told of their start and end: auto, off; on is taken as auto.",
                        HONOURED),
                row(
                        "asgi_disconnect_grace_period",
                        "--asgi-disconnect-grace-period",
                        Kind.NUMBER,
                        "3",
                        "Seconds until a request is cancelled whose client has left.",
                        none("a request is told, and not cancelled")),
                row(
                        "root_path",
                        "--root-path",
                        Kind.TEXT,
                        "",
                        "Where an ASGI application is mounted.",
                        refused("set the variable SCRIPT_NAME, as for WSGI")));
    }

    private static List<Setting> protocols() {
        Effect plain = none("clients get HTTP/1.1");
        return List.of(
                row("http_protocols", "--http-protocols", Kind.TEXT, "h1", "Which HTTP is spoken.", plain),
                row(
                        "http2_max_concurrent_streams",
                        "--http2-max-concurrent-streams",
                        Kind.NUMBER,
                        "100",
                        "Requests at once on a connection of HTTP/2.",
                        plain),
                row(
                        "http2_initial_window_size",
                        "--http2-initial-window-size",
                        Kind.NUMBER,
                        "65535",
                        "Bytes of HTTP/2 in flight.",
                        plain),
                row(
                        "http2_max_frame_size",
                        "--http2-max-frame-size",
                        Kind.NUMBER,
                        "16384",
                        "Most bytes of a frame of HTTP/2.",
                        plain),
                row(
                        "http2_max_header_list_size",
                        "--http2-max-header-list-size",
                        Kind.NUMBER,
                        "65536",
                        "Most bytes of a head in HTTP/2.",
                        plain));
    }

    private static List<Setting> clients() {
        return List.of(
                row(
                        "protocol",
                        "--protocol",
                        Kind.TEXT,
                        "http",
                        "What clients speak.",
                        refused("clients speak HTTP here; have nginx use proxy_pass in place of uwsgi_pass")),
                row(
                        "uwsgi_allow_ips",
                        "--uwsgi-allow-from",
                        Kind.TEXT,
                        "127.0.0.1,::1",
                        "Who may speak uwsgi.",
                        none("nobody does")),
                row(
                        "http_parser",
                        "--http-parser",
                        Kind.TEXT,
                        "auto",
                        "By what requests are parsed.",
                        none("they are parsed outside Python")));
    }

    private static List<Setting> tasks() {
        Effect absent = none("there are no such workers");
        Effect signals = none("there is no control socket; signals do the same");
        return List.of(
                row(
                        "dirty_apps",
                        "--dirty-app",
                        Kind.LIST,
                        "",
                        "What workers for long tasks run.",
                        refused("run what takes long as a service of its own, such as a task queue")),
                row(
                        "dirty_workers",
                        "--dirty-workers",
                        Kind.NUMBER,
                        "0",
                        "Workers for long tasks.",
                        refused("run what takes long as a service of its own, such as a task queue")),
                row("dirty_timeout", "--dirty-timeout", Kind.NUMBER, "300", "Most seconds of such a task.", absent),
                row("dirty_threads", "--dirty-threads", Kind.NUMBER, "1", "Threads of such a worker.", absent),
                row(
                        "dirty_graceful_timeout",
                        "--dirty-graceful-timeout",
                        Kind.NUMBER,
                        "30",
                        "Seconds such a worker may finish its tasks.",
                        absent),
                row("on_dirty_starting", "", Kind.HOOK, "", "Before such workers are started.", absent),
                row("dirty_post_fork", "", Kind.HOOK, "", "In such a worker, first.", absent),
                row("dirty_worker_init", "", Kind.HOOK, "", "In such a worker that has loaded what it runs.", absent),
                row("dirty_worker_exit", "", Kind.HOOK, "", "Such a worker has ended.", absent),
                row("control_socket", "--control-socket", Kind.TEXT, "", "A socket for gunicornc.", signals),
                row(
                        "control_socket_mode",
                        "--control-socket-mode",
                        Kind.TEXT,
                        "384",
                        "Permissions of that socket.",
                        signals),
                row("control_socket_disable", "--no-control-socket", Kind.FLAG, "False", "No such socket.", signals));
    }
}
