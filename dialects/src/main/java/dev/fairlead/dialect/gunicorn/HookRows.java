package dev.fairlead.dialect.gunicorn;

import static dev.fairlead.dialect.gunicorn.Setting.HONOURED;
import static dev.fairlead.dialect.gunicorn.Setting.none;
import static dev.fairlead.dialect.gunicorn.Setting.row;

import dev.fairlead.dialect.gunicorn.Setting.Kind;
import java.util.List;

/// Functions of a configuration file that are called when something happens.
final class HookRows {
    static final List<Setting> ROWS = rows();

    private HookRows() {}

    private static List<Setting> rows() {
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
