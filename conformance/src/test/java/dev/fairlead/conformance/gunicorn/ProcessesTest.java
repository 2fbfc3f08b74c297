package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What applications do with processes, under both programs: how workers end, their children, and what both inherit.
class ProcessesTest {
    private static final String HOOKS = """
            def say(text):
                with open("said", "a") as file:
                    file.write(text + "\\n")

            def worker_int(worker):
                say("worker_int")

            def worker_abort(worker):
                say("worker_abort")
            """;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void threadsAndWhatIsRegisteredForTheEndOutliveTheLastRequest(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind, "processes.py");
        try (AppServer server = caller.start("-b", "unix:s", "processes:app")) {
            Caller.get(caller.socket("s"), "/thread");
            end(server, "TERM");
            assertThat(caller.text("said")).isEqualTo("later\nat exit\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatTakesTooLongCleansUpBeforeItsWorkerEnds(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind, "processes.py");
        Files.writeString(caller.folder().resolve("conf.py"), HOOKS);
        try (AppServer server = caller.start("-b", "unix:s", "-t", "2", "-c", "conf.py", "processes:app")) {
            CompletableFuture<String> asked = asked(caller, "/sleep");
            caller.awaitText("said", "at exit");
            assertThat(caller.text("said")).isEqualTo("worker_abort\ncleaned up\nat exit\n");
            assertThat(asked).isNotNull();
            assertThat(Caller.get(caller.socket("s"), "/pid")).containsOnlyDigits();
            end(server, "TERM");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsInterruptedCleansUp(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind, "processes.py");
        Files.writeString(caller.folder().resolve("conf.py"), HOOKS);
        Files.writeString(caller.folder().resolve("begun.py"), """
                from processes import app as inner, say

                def app(environ, start_response):
                    if environ["PATH_INFO"] == "/sleep":
                        say("begun")
                    return inner(environ, start_response)
                """);
        try (AppServer server = caller.start("-b", "unix:s", "-c", "conf.py", "begun:app")) {
            CompletableFuture<String> asked = asked(caller, "/sleep");
            caller.awaitText("said", "begun");
            end(server, "INT");
            assertThat(caller.text("said")).isEqualTo("begun\nworker_int\ncleaned up\nat exit\n");
            assertThat(asked).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAChildDoesIsNothingToTheClient(AppServer.Kind kind) throws IOException {
        for (String worker : new String[] {"sync", "gthread"}) {
            Caller caller = Caller.in(scratch.resolve(worker), kind, "processes.py");
            try (AppServer server = caller.start("-b", "unix:s", "-k", worker, "processes:app")) {
                assertThat(Caller.get(caller.socket("s"), "/fork")).isEqualTo("/fork");
                assertThat(Caller.get(caller.socket("s"), "/pid")).containsOnlyDigits();
                end(server, "TERM");
            }
        }
    }

    /// gunicorn's workers hand down that they do not end at once.
    @Test
    void childrenEndWhenTheyAreTold() throws IOException {
        Caller caller = Caller.in(scratch, AppServer.Kind.FAIRLEAD, "processes.py");
        try (AppServer server = caller.start("-b", "unix:s", "processes:app")) {
            assertThat(Caller.get(caller.socket("s"), "/terminated")).isEqualTo("-15");
            end(server, "TERM");
        }
    }

    @ParameterizedTest
    @EnumSource
    void programsOfTheApplicationInheritNothing(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind, "processes.py");
        try (AppServer server = caller.start("-b", "unix:s", "processes:app")) {
            assertThat(Caller.get(caller.socket("s"), "/ignored")).isEmpty();
            assertThat(Caller.get(caller.socket("s"), "/inherited")).isEqualTo("0,1,2");
            assertThat(Caller.get(caller.socket("s"), "/call")).isEqualTo("gunicorn processes:app gunicorn");
            end(server, "TERM");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWorkersParentTakesItsSignals(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind, "processes.py");
        try (AppServer server = caller.start("-b", "unix:s", "processes:app")) {
            SocketAddress address = caller.socket("s");
            String before = Caller.get(address, "/pid");
            Caller.get(address, "/reload");
            Deadline.inSeconds(60)
                    .await("another worker", () -> !Caller.get(address, "/pid").equals(before));
            assertThat(server.process().output()).contains("[INFO] Handling signal: hup");
            end(server, "TERM");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMaskIsForTheSocketAndNotForFilesOfTheApplication(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind, "processes.py");
        try (AppServer server = caller.start("-b", "unix:s", "-b", "unix:t", "-m", "007", "processes:app")) {
            assertThat(Caller.get(caller.socket("s"), "/mask")).isEqualTo("0o644");
            assertThat(mode(caller.folder().resolve("t"))).isEqualTo("rwxrwx---");
            end(server, "TERM");
        }
        try (AppServer server = caller.start("-b", "unix:s", "processes:app")) {
            Caller.get(caller.socket("s"), "/pid");
            assertThat(mode(caller.folder().resolve("s"))).isEqualTo("rwxrwxrwx");
            end(server, "TERM");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static CompletableFuture<String> asked(Caller caller, String path) {
        SocketAddress address = caller.socket("s");
        // Once it serves: it is asked once.
        Caller.get(address, "/pid");
        return CompletableFuture.supplyAsync(() -> Caller.ask(address, path));
    }

    private static void end(AppServer server, String signal) {
        server.process().signal(signal);
        assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
    }
}
