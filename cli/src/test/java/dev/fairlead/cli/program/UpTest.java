package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class UpTest {
    private static final Pattern PID = Pattern.compile("app\\.service +active \\(running\\) +pid (\\d+)");

    private final Path stack;
    private final Program program;
    private final int port = Ports.free();

    UpTest(@TempDir Path temporary) throws IOException {
        stack = Files.createDirectory(temporary.resolve("shop"));
        program = new Program(temporary);
    }

    @BeforeEach
    void aStackOfASiteAndAUnit() throws IOException {
        site("one");
        Files.writeString(stack.resolve("app.service"), """
                [Unit]
                Description=The app
                [Service]
                ExecStart=/bin/sh -c 'echo app is here; exec sleep 600'
                """);
    }

    @Test
    void itSaysWhatItFoundWhatListensAndWhatRunsAndServes() {
        try (ProcessUnderTest up = program.up(stack)) {
            assertThat(up.output())
                    .contains("found in " + stack, "nginx    site.conf", "systemd")
                    .contains("127.0.0.1:" + port, "open   http://localhost:" + port + "/");
            assertThat(PID.matcher(up.output()).find()).isTrue();
            assertThat(Program.get(port, "/")).isEqualTo("one\n");
        }
    }

    @Test
    void anErrorIsShownWithItsLineAndNothingIsStarted() throws IOException {
        Files.writeString(stack.resolve("site.conf"), "server {\n    lisen 80;\n}\n");
        ProcessUnderTest up = program.run("up", stack.toString());
        assertThat(up.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
        assertThat(up.output())
                .contains("site.conf:2:5: error: unknown directive \"lisen\"", "    ^^^^^", "listen")
                .contains("fairlead: 1 error; nothing was started");
    }

    @Test
    void whatAUnitSaidBeforeItFailedIsShown() throws IOException {
        Files.writeString(
                stack.resolve("app.service"),
                "[Service]\nExecStart=/bin/sh -c 'echo reading; echo no table named shop >&2; exit 3'\n");
        try (ProcessUnderTest up = program.start("up", stack.toString())) {
            up.awaitLine("its last words", line -> line.equals("app.service said last:"), Deadline.inSeconds(60));
            up.awaitLine("the cause", line -> line.equals("    no table named shop"), Deadline.inSeconds(60));
        }
    }

    @Test
    void aTakenPortIsNamedAndNothingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            ProcessUnderTest up = program.run("up", stack.toString());
            assertThat(up.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
            assertThat(up.output())
                    .contains("bind() to 127.0.0.1:" + taken.getLocalPort() + " failed (98: Address already in use)")
                    .contains("nothing was started")
                    .doesNotContain("Started The app");
        }
    }

    @Test
    void aReloadThatFailsChangesNothingAndOneThatDoesNotAppliesAtOnce() throws IOException {
        try (ProcessUnderTest up = program.up(stack)) {
            Files.writeString(stack.resolve("site.conf"), "server { listen 127.0.0.1:" + port + "; retrun 200; }\n");
            ProcessUnderTest broken = program.run("reload");
            assertThat(broken.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
            assertThat(broken.output()).contains("unknown directive \"retrun\"", "nothing was changed");
            assertThat(Program.get(port, "/")).isEqualTo("one\n");

            site("two");
            ProcessUnderTest sound = program.run("reload");
            assertThat(sound.output()).contains("reloaded");
            assertThat(sound.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(Program.get(port, "/")).isEqualTo("two\n");

            site("three");
            up.signal("HUP");
            up.awaitLine("the reload", line -> line.contains("configuration 3 runs"), Deadline.inSeconds(60));
            assertThat(Program.get(port, "/")).isEqualTo("three\n");
        }
    }

    @Test
    void aUnitIsRestartedByNameAndAnUnknownOneIsNot() {
        try (ProcessUnderTest up = program.up(stack)) {
            String before = pid(up.output());
            ProcessUnderTest restart = program.run("restart", "app");
            assertThat(restart.awaitExit(Deadline.inSeconds(60)))
                    .as(restart.output())
                    .isZero();
            assertThat(program.run("status").output()).contains("app.service").doesNotContain(" " + before + " ");
            ProcessUnderTest unknown = program.run("restart", "nope");
            assertThat(unknown.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
            assertThat(unknown.output()).contains("nope.service");
        }
    }

    @Test
    void statusAndLogsTellWhatIsGoingOn() {
        try (ProcessUnderTest up = program.up(stack)) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            assertThat(program.run("status").output()).contains("shop  " + stack, "127.0.0.1:" + port, "The app");
            assertThat(program.run("status", "--json").output()).startsWith("{\"name\":\"shop\"");
            // The unit runs before its shell has said anything.
            Deadline.inSeconds(60)
                    .await(
                            "the unit's words",
                            () -> program.run("logs", "app", "-n", "50")
                                    .output()
                                    .contains("]: app is here"));
            ProcessUnderTest second = program.run("up", stack.toString());
            assertThat(second.output()).contains("already running: " + stack);
            assertThat(second.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
        }
    }

    @Test
    void stopReturnsWhenEverythingHasEnded() {
        try (ProcessUnderTest up = program.up(stack)) {
            long unit = Long.parseLong(pid(up.output()));
            ProcessUnderTest stop = program.run("stop");
            assertThat(stop.output()).contains("stopped");
            assertThat(stop.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(ProcessHandle.of(unit)).isEmpty();
            assertThat(up.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(Ports.isListening(port)).isFalse();
            assertThat(program.run("status").output()).contains("no stack is running");
        }
    }

    @Test
    void interruptingItEndsEverythingInOrder() {
        try (ProcessUnderTest up = program.up(stack)) {
            long unit = Long.parseLong(pid(up.output()));
            up.signal("INT");
            assertThat(up.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(ProcessHandle.of(unit)).isEmpty();
            assertThat(up.output()).endsWith("ended");
        }
    }

    @Test
    void aFolderIsServedWithoutAnyConfiguration() throws IOException {
        Path files = Files.createDirectory(stack.resolve("files"));
        Files.writeString(files.resolve("hello.txt"), "hello\n");
        try (ProcessUnderTest serve = program.start("serve", files.toString(), "-p", "127.0.0.1:" + port)) {
            serve.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            assertThat(Program.get(port, "/hello.txt")).isEqualTo("hello\n");
            assertThat(Program.get(port, "/")).contains("hello.txt");
        }
    }

    @Test
    void anApplicationIsServedWithoutAnyConfiguration() throws IOException {
        Path code = Files.createDirectory(stack.resolve("code"));
        Files.writeString(code.resolve("2-shop.py"), """
                def make(word):
                    def app(environ, start_response):
                        start_response("200 OK", [("Content-Type", "text/plain")])
                        return [f"{word} {environ['PATH_INFO']} {environ['wsgi.multithread']}\\n".encode()]
                    return app
                """);
        String address = "127.0.0.1:" + port;
        try (ProcessUnderTest serve = program.start(
                "serve",
                "2-shop:make('hello, you')",
                "-p",
                address,
                "-w",
                "2",
                "--threads",
                "2",
                "--directory",
                code + "")) {
            serve.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            assertThat(Program.get(port, "/a//b%20c")).isEqualTo("hello, you /a//b c True\n");
            assertThat(serve.output()).contains("gthread, workers: 2");
        }
        ProcessUnderTest folder = program.run("serve", code.toString(), "--workers", "2");
        assertThat(folder.awaitExit(Deadline.inSeconds(60))).isEqualTo(2);
        assertThat(folder.output()).contains("--workers is for applications");
    }

    @Test
    void itEndsWhenToldToWhileItStillWaitsForAnApplication() {
        try (ProcessUnderTest serve = program.start("serve", "nowhere:app", "-p", "127.0.0.1:" + port)) {
            serve.awaitLine("the failure", line -> line.contains("did not come up"), Deadline.inSeconds(60));
            serve.signal("TERM");
            assertThat(serve.awaitExit(Deadline.inSeconds(60)))
                    .as(serve::output)
                    .isZero();
        }
    }

    @Test
    void hopsInsideAreNamedAndReachListenersThatWereMoved() throws IOException {
        Files.writeString(stack.resolve("site.conf"), """
                server { listen 127.0.0.1:%d; location / { proxy_pass http://localhost:1; } }
                server { listen 127.0.0.1:1; location / { return 200 "inner $server_name $host\\n"; } }
                """.formatted(port));
        try (ProcessUnderTest up = program.start("up", stack.toString(), "--ports", "1=0")) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            assertThat(up.output()).containsPattern("site.conf:1 -> localhost:1 +-> .*site.conf:2");
            assertThat(Program.get(port, "/")).isEqualTo("inner  localhost\n");
            assertThat(program.run("status").output()).containsPattern("localhost:1 +.*site.conf:1 +.*site.conf:2");
        }
    }

    private void site(String answer) throws IOException {
        Files.writeString(
                stack.resolve("site.conf"),
                "server {\n    listen 127.0.0.1:" + port + ";\n    location / { return 200 \"" + answer
                        + "\\n\"; }\n}\n");
    }

    private static String pid(String output) {
        Matcher matcher = PID.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return matcher.group(1);
    }
}
