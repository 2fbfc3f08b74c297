package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What operators do to gunicorn, done to both programs: the same has to come of it.
class PersonalityTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void signalsDoWhatTheyDoInGunicorn(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        SocketAddress socket = caller.socket("s");
        Files.writeString(caller.folder().resolve("conf.py"), "raw_env = ['SAID=before']\n");
        try (AppServer server = caller.start(
                "-b", "unix:s", "-c", "conf.py", "-p", "pid", "--access-logfile", "access", "personality:app")) {
            ProcessUnderTest process = server.process();
            assertThat(Caller.get(socket, "/said")).isEqualTo("before");
            assertThat(caller.pid("pid")).isEqualTo(process.pid());
            caller.awaitWorkers(process.pid(), 1);

            process.signal("TTIN");
            caller.awaitWorkers(process.pid(), 2);
            process.signal("TTOU");
            caller.awaitWorkers(process.pid(), 1);
            process.signal("WINCH");

            Files.move(caller.folder().resolve("access"), caller.folder().resolve("access.1"));
            process.signal("USR1");
            Deadline.inSeconds(60).await("the access log to be there again", () -> {
                Caller.get(socket, "/again");
                return caller.text("access").contains("/again");
            });

            String worker = Caller.get(socket, "/");
            Files.writeString(caller.folder().resolve("conf.py"), "raw_env = ['SAID=after']\n");
            process.signal("HUP");
            Deadline.inSeconds(60)
                    .await(
                            "a new worker with the new configuration",
                            () -> Caller.get(socket, "/said").equals("after"));
            Deadline.inSeconds(60)
                    .await(
                            "the old worker to have gone",
                            () -> !Caller.get(socket, "/").equals(worker));

            process.signal("TERM");
            assertThat(process.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(process.output())
                    .contains("Handling signal: ttin", "Handling signal: ttou", "Handling signal: winch")
                    .contains("Handling signal: usr1", "Handling signal: hup", "Hang up: Master")
                    .contains("Handling signal: term", "Shutting down: Master");
            assertThat(caller.folder().resolve("pid")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNewerProgramTakesOverFromTheOlder(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        SocketAddress socket = caller.socket("s");
        try (AppServer older = caller.start("-b", "unix:s", "-p", "pid", "personality:app")) {
            String worker = Caller.get(socket, "/");
            older.process().signal("USR2");
            long newer = caller.pid("pid.2");
            assertThat(caller.pid("pid")).isEqualTo(older.process().pid()).isNotEqualTo(newer);
            older.process().signal("QUIT");
            assertThat(older.process().awaitExit(Deadline.inSeconds(60))).isZero();
            Deadline.inSeconds(60)
                    .await(
                            "the pid file to be the newer's",
                            () -> caller.text("pid").strip().equals(Long.toString(newer)));
            Deadline.inSeconds(60)
                    .await(
                            "its former pid file to go",
                            () -> !Files.exists(caller.folder().resolve("pid.2")));
            assertThat(Caller.get(socket, "/")).isNotEqualTo(worker);
            ProcessUnderTest.signal("INT", newer);
            Caller.awaitEnd(newer);
            Deadline.inSeconds(60)
                    .await(
                            "the pid file to go",
                            () -> !Files.exists(caller.folder().resolve("pid")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConfigurationIsCheckedAndPrintedWithoutServing(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        ProcessUnderTest good = caller.run(Map.of(), "--check-config", "personality:app");
        assertThat(good.awaitExit(Deadline.inSeconds(60))).isZero();
        ProcessUnderTest bad = caller.run(Map.of(), "--check-config", "missing:app");
        assertThat(bad.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
        assertThat(bad.output()).contains("ModuleNotFoundError: No module named 'missing'");
        Map<String, String> variables =
                Map.of("WEB_CONCURRENCY", "5", "GUNICORN_CMD_ARGS", "--timeout 7 -b 127.0.0.1:1 --name 'two words'");
        ProcessUnderTest printed = caller.run(variables, "--print-config", "-b", "127.0.0.1:2", "personality:app");
        assertThat(printed.awaitExit(Deadline.inSeconds(60))).isZero();
        assertThat(printed.output())
                .containsPattern("(?m)^workers += 5$")
                .containsPattern("(?m)^timeout += 7$")
                .containsPattern("(?m)^proc_name += two words$")
                .containsPattern("(?m)^bind += \\['?127.0.0.1:2'?]$");
    }

    @ParameterizedTest
    @EnumSource
    void inTheBackgroundItWritesItsPidAndServes(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        ProcessUnderTest starting = caller.run(
                Map.of(), "-D", "-b", "unix:s", "--pid", "pid", "--error-logfile", "error", "personality:app");
        assertThat(starting.awaitExit(Deadline.inSeconds(60))).isZero();
        long program = caller.pid("pid");
        try {
            assertThat(program).isNotEqualTo(starting.pid());
            assertThat(Caller.get(caller.socket("s"), "/")).isNotEmpty();
            ProcessUnderTest.signal("WINCH", program);
            caller.awaitWorkers(program, 0);
            ProcessUnderTest.signal("TTIN", program);
            assertThat(Caller.get(caller.socket("s"), "/")).isNotEmpty();
        } finally {
            ProcessUnderTest.signal("TERM", program);
            Caller.awaitEnd(program);
        }
        assertThat(caller.folder().resolve("pid")).doesNotExist();
        caller.awaitText("error", "Shutting down: Master");
    }

    @ParameterizedTest
    @EnumSource
    void factoriesAreCalledWithTheirArguments(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        try (AppServer server = caller.start("-b", "unix:s", "personality:create('ab', times=2)")) {
            assertThat(Caller.get(caller.socket("s"), "/")).isEqualTo("abab");
            server.process().signal("INT");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationThatIsNoneEndsItWithStatusThree(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        ProcessUnderTest ended = caller.run(Map.of(), "-b", "unix:s", "missing:app");
        assertThat(ended.awaitExit(Deadline.inSeconds(60))).isEqualTo(3);
        assertThat(ended.output())
                .contains("ModuleNotFoundError: No module named 'missing'")
                .contains("Shutting down: Master", "Reason: Worker failed to boot.");
    }

    @ParameterizedTest
    @EnumSource
    void socketsAreTakenFromWhoeverStartsIt(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        Path given = caller.folder().resolve("given.py");
        Files.copy(Path.of("src/test/resources/gunicorn/given.py"), given);
        for (String how : List.of("listen", "bind")) {
            List<String> command = new ArrayList<>(List.of("/usr/bin/python3", given.toString(), how, "port-" + how));
            command.addAll(kind.command().orElseThrow());
            command.addAll(how.equals("bind") ? List.of("-b", "fd://3") : List.of());
            command.add("personality:app");
            try (ProcessUnderTest process =
                    ProcessUnderTest.start(caller.folder(), AppServer.variables(caller.folder(), Map.of()), command)) {
                Deadline.inSeconds(60)
                        .await("a port", () -> !caller.text("port-" + how).isEmpty());
                int port = Integer.parseInt(caller.text("port-" + how));
                assertThat(Caller.get(Caller.port(port), "/")).isNotEmpty();
                process.signal("TERM");
                assertThat(process.awaitExit(Deadline.inSeconds(60))).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWorkersSayAndPrintReachesTheErrorLog(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        try (AppServer server =
                caller.start("-b", "unix:s", "--error-logfile", "error", "--capture-output", "personality:app")) {
            for (String path : List.of("/log", "/print", "/raise")) {
                Caller.get(caller.socket("s"), path);
            }
            caller.awaitText("error", "said to the log");
            caller.awaitText("error", "printed\n");
            caller.awaitText("error", "printed as an error\n");
            caller.awaitText("error", "ValueError: on purpose");
            assertThat(caller.text("error"))
                    .containsPattern("(?m)^\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \\[\\d+] \\[ERROR]"
                            + " said to the log$")
                    .contains("[ERROR] Error handling request /raise", "Traceback (most recent call last):")
                    .containsPattern("\\[INFO] Listening at: unix:.*s \\("
                            + server.process().pid() + "\\)")
                    .contains("[INFO] Using worker: sync");

            Files.move(caller.folder().resolve("error"), caller.folder().resolve("error.1"));
            server.process().signal("USR1");
            Deadline.inSeconds(60).await("the log to be there again", () -> {
                Caller.get(caller.socket("s"), "/log");
                return caller.text("error").contains("said to the log");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAccessLogHoldsWhatItsFormatAsksFor(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        String format = "%(h)s %(l)s %(m)s %(U)s %(q)s %(H)s %(s)s %(b)s %(B)s \"%(f)s\" \"%(a)s\" \"%(r)s\""
                + " %({host}i)s %({none}i)s %({content-type}o)s %(t)s %(T)s %(M)s %(D)s %(L)s %(p)s";
        try (AppServer server = caller.start(
                "-b", "127.0.0.1:0", "--access-logfile", "access", "--access-logformat", format, "personality:app")) {
            Caller.get(Caller.port(server.port()), "/said?a=b%20c");
            caller.awaitText("access", "\n");
            String pattern = "127\\.0\\.0\\.1 - GET /said a=b%20c HTTP/1\\.0 200 7 7 \"-\" \"-\""
                    + " \"GET /said\\?a=b%20c HTTP/1\\.0\" h - text/plain"
                    + " \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \\d+ \\d+ \\d+ \\d+\\.\\d+ <\\d+>\n";
            assertThat(Files.readString(caller.folder().resolve("access"), StandardCharsets.UTF_8))
                    .matches(pattern);
        }
    }
}
