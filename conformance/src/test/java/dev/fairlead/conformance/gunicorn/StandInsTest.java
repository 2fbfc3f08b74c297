package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What configuration files import, and files of PasteDeploy.
class StandInsTest {
    @TempDir
    Path scratch;

    /// A Python that sees nothing of what the machine has installed stands for one without gunicorn.
    @Test
    void configurationsImportGunicornWhereItIsNotInstalled() throws IOException {
        Caller caller = Caller.in(scratch, AppServer.Kind.FAIRLEAD);
        Path bin = Files.createDirectories(caller.folder().resolve("venv/bin"));
        Path python = Files.writeString(bin.resolve("python3"), "#!/bin/sh\nexec /usr/bin/python3 -S \"$@\"\n");
        Files.createSymbolicLink(bin.resolve("python"), Path.of("python3"));
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Files.writeString(caller.folder().resolve("conf.py"), """
                import multiprocessing

                import gunicorn
                from gunicorn import glogging
                from gunicorn.workers.sync import SyncWorker

                gunicorn.SERVER_SOFTWARE = "mine"
                workers = min(1, multiprocessing.cpu_count())
                accesslog = "access"
                access_log_format = "%(m)s %(U)s %(s)s"

                class Logger(glogging.Logger):
                    error_fmt = "mine: %(message)s"

                    def atoms(self, resp, req, environ, request_time):
                        atoms = super().atoms(resp, req, environ, request_time)
                        atoms["U"] = atoms["U"].upper()
                        return atoms

                class Worker(SyncWorker):
                    pass

                logger_class = Logger
                worker_class = Worker
                """);
        try (AppServer server = caller.start(
                Map.of("VIRTUAL_ENV", caller.folder().resolve("venv").toString()),
                "-b",
                "unix:s",
                "-c",
                "conf.py",
                "personality:app")) {
            Caller.get(caller.socket("s"), "/log");
            caller.awaitText("access", "GET /LOG 200\n");
            server.process()
                    .awaitLine("the class", line -> line.equals("mine: said to the log"), Deadline.inSeconds(60));
            server.process().signal("TERM");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfPasteDeployNamesTheApplication(AppServer.Kind kind) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/paste/deploy")));
        Caller caller = Caller.in(scratch, kind);
        Files.writeString(caller.folder().resolve("pasted.py"), """
                def make(global_conf, text):
                    body = (text + " " + global_conf["more"]).encode()

                    def app(environ, start_response):
                        start_response("200 OK", [("Content-Length", str(len(body)))])
                        return [body]

                    return app
                """);
        Files.writeString(caller.folder().resolve("shop.ini"), """
                [app:main]
                paste.app_factory = pasted:make
                text = main
                [app:other]
                paste.app_factory = pasted:make
                text = other
                """);
        for (String file : new String[] {"shop.ini", "shop.ini#other"}) {
            try (AppServer server = caller.start("-b", "unix:s", "--paste", file, "--paste-global", "more=told")) {
                assertThat(Caller.get(caller.socket("s"), "/"))
                        .isEqualTo((file.endsWith("other") ? "other" : "main") + " told");
                server.process().signal("TERM");
                assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
            }
        }
    }
}
