package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stack that somebody else supervises, by systemd's means: its own tools, and this program itself.
@Timeout(180)
class SupervisedUpTest {
    private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");
    private static final Path NOTIFY = Path.of("/usr/bin/systemd-notify");

    @TempDir
    private Path folder;

    private final int port = Ports.free();
    private Path stack = Path.of("");
    private Program program = new Program(stack);

    @BeforeEach
    void makeStack() throws IOException {
        stack = InnerStack.make(folder, port, "unix:" + folder + "/app.sock");
        program = new Program(folder);
    }

    @Test
    void socketsThatSystemdSocketActivateOpenedAreListenedOn() throws IOException {
        assumeTrue(Files.isExecutable(ACTIVATE), "systemd-socket-activate is not installed");
        List<String> command = new ArrayList<>(List.of(
                ACTIVATE.toString(),
                "-l",
                "127.0.0.1:" + port,
                "-l",
                folder.resolve("app.sock").toString()));
        program.environment().forEach((name, value) -> command.addAll(List.of("-E", name + "=" + value)));
        command.addAll(Program.command("up", stack.toString()));
        try (ProcessUnderTest up = ProcessUnderTest.start(folder, program.environment(), command)) {
            up.awaitLine("the sockets", line -> line.contains("Listening on"), Deadline.inSeconds(60));
            // The first connection starts the program and waits for it.
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
            assertThat(curl(folder.resolve("app.sock"), "http://x/")).isEqualTo("inner");
            assertThat(program.run("stop", "-C", stack.toString()).awaitExit(Deadline.inSeconds(60)))
                    .isZero();
            up.awaitExit(Deadline.inSeconds(60));
            assertThat(folder.resolve("app.sock"))
                    .as("the socket of somebody else")
                    .exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void programsItStandsInForListenOnWhatTheyAreGiven(String name) throws IOException {
        assumeTrue(Files.isExecutable(ACTIVATE), "systemd-socket-activate is not installed");
        Path socket = folder.resolve("app.sock");
        Path configuration = folder.resolve("configuration");
        Files.writeString(
                configuration,
                name.equals("nginx") ? """
                daemon off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http { access_log off; server { listen 127.0.0.1:%2$d; listen unix:%3$s; return 200 "inner\\n"; } }
                """.formatted(folder, port, socket) : """
                frontend given
                    mode http
                    timeout client 30s
                    bind 127.0.0.1:%d
                    bind unix@%s
                    http-request return status 200 content-type text/plain string "inner\\n"
                """.formatted(port, socket));
        List<String> command =
                new ArrayList<>(List.of(ACTIVATE.toString(), "-l", "127.0.0.1:" + port, "-l", socket.toString()));
        command.addAll(Program.command(name, name.equals("nginx") ? "-c" : "-f", configuration.toString()));
        try (ProcessUnderTest given = ProcessUnderTest.start(folder, program.environment(), command)) {
            given.awaitLine("the sockets", line -> line.contains("Listening on"), Deadline.inSeconds(60));
            // Another socket of that address could not be opened: this one stays open.
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
            assertThat(curl(socket, "http://x/")).isEqualTo("inner");
            given.signal("TERM");
            given.awaitExit(Deadline.inSeconds(60));
            assertThat(socket).as("the socket of somebody else").exists();
        }
    }

    @Test
    void socketsOfUnitsAreMovedLikeListenersAndFoundThere() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no Python");
        int written = Ports.free();
        int moved = Ports.free();
        Files.writeString(stack.resolve("site.conf"), """
                server { listen 127.0.0.1:%d; location / { proxy_pass http://127.0.0.1:%d; } }
                """.formatted(port, written));
        Files.writeString(stack.resolve("app.socket"), "[Socket]\nListenStream=127.0.0.1:" + written + "\n");
        Files.writeString(stack.resolve("app.service"), """
                [Service]
                ExecStart=/usr/bin/python3 -c 'import http.server, socket, sys; \\
                  s = http.server.HTTPServer(("", 0), http.server.SimpleHTTPRequestHandler, False); \\
                  s.socket = socket.socket(fileno=3); s.serve_forever()'
                """);
        try (ProcessUnderTest up = program.start("up", stack.toString(), "--ports", written + "=" + moved)) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            assertThat(Program.get(moved, "/")).contains("Directory listing");
            assertThat(Program.get(port, "/")).contains("Directory listing");
        }
    }

    @Test
    void readinessThatSystemdNotifyTellsIsBelieved() throws IOException {
        assumeTrue(Files.isExecutable(NOTIFY), "systemd-notify is not installed");
        Files.writeString(stack.resolve("told.service"), """
                [Service]
                Type=notify
                NotifyAccess=all
                ExecStart=/bin/sh -c '%s --ready --status="told by the tool"; exec sleep 600'
                """.formatted(NOTIFY));
        try (ProcessUnderTest up = program.up(stack)) {
            assertThat(up.output()).contains("(running)");
            assertThat(program.run("status", "--json", "-C", stack.toString()).output())
                    .contains("\"subState\":\"running\"")
                    .contains("told by the tool");
        }
    }

    @Test
    void stackTellsItsSupervisorWhatItDoes() throws IOException {
        Path outer = Files.createDirectories(folder.resolve("outer"));
        Path script = InnerStack.script(folder, stack);
        Files.writeString(outer.resolve("inner.service"), """
                [Service]
                Type=notify-reload
                WatchdogSec=60
                ExecStart=%s
                """.formatted(script));
        stack = outer;
        try (ProcessUnderTest up = program.up(stack)) {
            assertThat(up.output()).contains("(running)");
            assertThat(program.run("status", "--json", "-C", outer.toString()).output())
                    .contains("\"subState\":\"running\"")
                    .contains("Configuration 1 serves at 2 addresses");
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
            assertThat(curl(control(), "-X", "POST", "-H", "Accept: text/plain", "http://x/units/inner.service/reload"))
                    .contains("Reloaded inner.service");
            assertThat(program.run("status", "--json", "-C", outer.toString()).output())
                    .contains("Configuration 2 serves at 2 addresses");
        }
    }

    private Path control() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            return files.filter(file -> file.toString().endsWith(".sock"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String curl(Path socket, String... words) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--unix-socket", socket.toString()));
        command.addAll(List.of(words));
        return ProcessUnderTest.run(folder, command.toArray(String[]::new))
                .output()
                .strip();
    }
}
