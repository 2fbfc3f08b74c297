package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What hooks of configuration files are given, under both programs.
class HooksTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void hooksSeeWhatTheyAreUsedFor(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        Files.writeString(caller.folder().resolve("conf.py"), """
                import os
                import time

                workers = 1
                timeout = 40
                max_requests = 1000

                def say(*words):
                    with open("said", "a") as file:
                        print(*words, file=file)

                def on_starting(server):
                    cfg = server.cfg
                    say("on_starting", cfg.workers + 1, cfg.timeout, cfg.reload, cfg.pidfile, cfg.bind, cfg.keepalive)
                    say(cfg.settings["workers"].get(), server.address, server.num_workers)

                def when_ready(server):
                    open("ready", "w").close()

                def pre_fork(server, worker):
                    worker.note = "mine"

                def post_fork(server, worker):
                    server.log.info("spawned (pid: %s)", worker.pid)
                    say("post_fork", worker.age, worker.pid == os.getpid(), worker.nr, worker.booted, worker.alive)
                    say(worker.timeout, worker.max_requests, worker.note, worker.cfg.workers)

                def post_worker_init(worker):
                    inner = worker.wsgi

                    def wrapped(environ, start_response):
                        environ["PATH_INFO"] = environ["PATH_INFO"].replace("/wrapped", "/said")
                        return inner(environ, start_response)

                    worker.wsgi = wrapped
                    say("post_worker_init", worker.booted, callable(worker.app.callable))

                def pre_request(worker, req):
                    req.begun = time.time()
                    worker.last = req.path
                    say("pre_request", req.method, req.path, req.uri, req.query, req.version, req.scheme, dict(req.headers)["HOST"])

                def post_request(worker, req, environ, resp):
                    say("post_request", req.begun <= time.time(), worker.last, resp.status, resp.sent, resp.response_length)
                    say(worker.nr, environ["PATH_INFO"], dict(resp.headers)["Content-Type"], resp.headers_sent)

                def child_exit(server, worker):
                    say("child_exit", worker.pid > 1)

                def worker_exit(server, worker):
                    say("worker_exit", worker.pid == os.getpid())
                """);
        try (AppServer server = caller.start("-b", "127.0.0.1:0", "-c", "conf.py", "personality:app")) {
            Caller.get(Caller.port(server.port()), "/wrapped?a=b");
            caller.awaitText("said", "text/plain");
            assertThat(caller.folder().resolve("ready")).exists();
            server.process().signal("TERM");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(server.process().output()).containsPattern("\\[INFO] spawned \\(pid: \\d+\\)");
            assertThat(caller.text("said")).isEqualTo("""
                    on_starting 2 40 False None ['127.0.0.1:0'] 2
                    1 [('127.0.0.1', 0)] 1
                    post_fork 1 True 0 False True
                    20.0 1000 mine 1
                    post_worker_init False True
                    pre_request GET /wrapped /wrapped?a=b a=b (1, 0) http h
                    post_request True /wrapped 200 OK 7 7
                    1 /said text/plain True
                    worker_exit True
                    child_exit True
                    """);
        }
    }
}
