package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.cli.control.ControlClient;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A running stack becomes the program anew, in the same process.
@Timeout(900)
class UpgradeTest {
    /// Seconds; each step starts a Java machine or waits for one.
    private static final int PATIENCE = 180;
    private static final Pattern UNIT = Pattern.compile("\"name\":\"([\\w-]+)\\.service\"[^}]*?\"mainPid\":(\\d+)");

    @TempDir
    private Path folder;

    private final int port = Ports.free();
    private Path stack = Path.of("");
    private Program program = new Program(stack);

    @BeforeEach
    void makeStack() throws IOException {
        stack = InnerStack.make(folder, port);
        program = new Program(folder);
        unit("count", "/bin/sh -c 'i=0; while :; do i=$$((i+1)); echo $$i; sleep 0.02; done'");
        unit("plain", "/bin/sleep 600");
    }

    private void unit(String name, String command, String... more) throws IOException {
        Files.writeString(
                stack.resolve(name + ".service"),
                "[Service]\nExecStart=" + command + "\n" + String.join("\n", more) + "\n");
    }

    @Test
    void unitsGoOnAndNoRequestFailsHoweverOften() throws IOException {
        try (ProcessUnderTest up = program.up(stack)) {
            Map<String, String> before = pids();
            assertThat(before).containsOnlyKeys("count", "plain");
            Callers callers = new Callers(8);
            for (int i = 0; i < 2; i++) {
                assertThat(upgraded()).contains("upgraded: the new program runs");
                assertThat(pids()).isEqualTo(before);
                int answered = callers.answers.get();
                Deadline.inSeconds(PATIENCE).await("requests go on", () -> callers.answers.get() > answered);
            }
            assertThat(callers.stop()).isEmpty();
            assertThat(ProcessHandle.of(up.pid())).as("the same process").isPresent();
            up.signal("TERM");
            up.awaitExit(Deadline.inSeconds(PATIENCE));
            assertThat(up.output()).contains("count.service: Deactivated successfully.", "ended");
            assertCounted();
        }
    }

    @Test
    void aSocketThatIsKnownByANumberGoesOn() throws IOException {
        int given = Ports.free();
        Files.writeString(stack.resolve("haproxy.cfg"), """
                defaults
                    mode http
                    timeout client 30s
                    timeout connect 30s
                    timeout server 30s
                frontend numbered
                    bind fd@3
                    http-request return status 200 content-type text/plain string given
                """);
        List<String> command = Program.withSocket(given, Program.command("up", stack.toString()));
        try (ProcessUnderTest up = ProcessUnderTest.start(program.folder(), program.environment(), command)) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(PATIENCE));
            for (int i = 0; i < 2; i++) {
                assertThat(upgraded()).contains("upgraded: the new program runs");
                assertThat(Program.get(given, "/")).isEqualTo("given");
            }
        }
    }

    @Test
    void whatEndsAfterAnUpgradeIsTakenCareOf() throws IOException {
        unit("back", "/bin/sleep 600", "Restart=always", "RestartSec=10ms");
        try (ProcessUnderTest up = program.up(stack)) {
            Map<String, String> before = pids();
            upgraded();
            ProcessUnderTest.signal("KILL", Long.parseLong(before.getOrDefault("back", "")));
            ProcessUnderTest.signal("KILL", Long.parseLong(before.getOrDefault("plain", "")));
            up.awaitLine(
                    "the end of one",
                    line -> line.startsWith("plain.service: Failed with result 'signal'."),
                    Deadline.inSeconds(PATIENCE));
            Deadline.inSeconds(PATIENCE)
                    .await(
                            "the other comes back",
                            () -> !pids().getOrDefault("back", "0").equals(before.getOrDefault("back", "0")));
            up.signal("KILL");
            Deadline.inSeconds(PATIENCE)
                    .await(
                            "services do not outlive a program that was killed",
                            () -> ProcessHandle.of(Long.parseLong(before.getOrDefault("count", "0")))
                                    .isEmpty());
        }
    }

    @Test
    void socketsTimersPathsAndJobsGoOn() throws IOException {
        Path socket = folder.resolve("late.sock");
        Path seen = folder.resolve("seen");
        Files.writeString(stack.resolve("late.socket"), "[Socket]\nListenStream=" + socket + "\n");
        unit("late", "/bin/sleep 600");
        Files.writeString(stack.resolve("tick.timer"), "[Timer]\nOnActiveSec=10ms\nOnUnitActiveSec=300ms\n");
        unit("tick", "/bin/true", "Type=oneshot");
        Files.writeString(stack.resolve("look.path"), "[Path]\nPathChanged=" + seen + "\n");
        unit("look", "/bin/true", "Type=oneshot");
        Files.writeString(stack.resolve("kept.conf"), "start on startup\nrespawn\nexec /bin/sleep 600\n");
        for (String starter : List.of("late.socket", "tick.timer", "look.path", "count.service")) {
            Path wants = Files.createDirectories(stack.resolve("multi-user.target.wants"));
            Files.createSymbolicLink(wants.resolve(starter), Path.of("..", starter));
        }
        try (ProcessUnderTest up = program.up(stack)) {
            String before = mainOf("kept");
            assertThat(before).isNotEmpty();
            assertThat(mainOf("late.service")).isEmpty();
            upgraded();
            assertThat(mainOf("kept")).isEqualTo(before);
            long ticks = starts(up, "tick");
            Deadline.inSeconds(PATIENCE).await("the timer elapses", () -> starts(up, "tick") > ticks);
            try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                assertThat(connection.isConnected()).isTrue();
                Deadline.inSeconds(PATIENCE)
                        .await(
                                "the connection starts it",
                                () -> !mainOf("late.service").isEmpty());
            }
            Files.writeString(seen, "now");
            Deadline.inSeconds(PATIENCE).await("the path is looked at", () -> starts(up, "look") > 0);
            ProcessUnderTest.signal("KILL", Long.parseLong(before));
            Deadline.inSeconds(PATIENCE).await("the job comes back", () -> {
                String now = mainOf("kept");
                return !now.isEmpty() && !now.equals(before);
            });
        }
    }

    private static long starts(ProcessUnderTest up, String unit) {
        return up.output()
                .lines()
                .filter((unit + ".service: Starting " + unit + ".service...")::equals)
                .count();
    }

    /// Empty while it has none.
    private String mainOf(String unit) {
        Matcher found = Pattern.compile("\"name\":\"" + Pattern.quote(unit) + "\"[^}]*?\"mainPid\":(\\d+)")
                .matcher(status());
        return found.find() ? found.group(1) : "";
    }

    @Test
    void aFolderThatIsNotSoundKeepsTheProgram() throws IOException {
        try (ProcessUnderTest up = program.up(stack)) {
            Map<String, String> before = pids();
            Files.writeString(stack.resolve("site.conf"), "server { lissen 80; }");
            ProcessUnderTest upgrade = program.start("upgrade", "-C", stack.toString());
            assertThat(upgrade.awaitExit(Deadline.inSeconds(PATIENCE))).isEqualTo(1);
            assertThat(upgrade.output()).contains("unknown directive \"lissen\"", "nothing was upgraded");
            assertThat(pids()).isEqualTo(before);
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
            assertThat(up.running()).isTrue();
        }
    }

    @Test
    void aProgramThatCannotBeExecutedLeavesTheOldOneServing() throws IOException {
        Path launcher = Files.writeString(folder.resolve("launcher"), """
                #!/bin/sh
                [ "${FAIRLEAD_TELL:-}" = 1 ] && printf '/no/such/program\\0up\\0'
                exit 0
                """);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = new TreeMap<>(program.environment());
        environment.put("FAIRLEAD_LAUNCHER", launcher.toString());
        try (ProcessUnderTest up =
                ProcessUnderTest.start(folder, environment, Program.command("up", stack.toString()))) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(PATIENCE));
            Map<String, String> before = pids();
            ProcessUnderTest upgrade = program.start("upgrade", "-C", stack.toString());
            assertThat(upgrade.awaitExit(Deadline.inSeconds(PATIENCE))).isEqualTo(1);
            assertThat(upgrade.output()).contains("/no/such/program", "nothing was upgraded");
            assertThat(pids()).isEqualTo(before);
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
            up.signal("TERM");
            assertThat(up.awaitExit(Deadline.inSeconds(PATIENCE))).isZero();
        }
    }

    @Test
    void aSuperiorSeesAReloadOfTheSameProcess() throws IOException {
        Path outer = Files.createDirectories(folder.resolve("outer"));
        Path script = InnerStack.script(folder, stack);
        Files.writeString(
                outer.resolve("inner.service"), "[Service]\nType=notify\nWatchdogSec=60\nExecStart=" + script + "\n");
        Path inner = stack;
        stack = outer;
        try (ProcessUnderTest up = program.up(stack)) {
            Map<String, String> before = pids();
            assertThat(before).containsOnlyKeys("inner");
            SocketFolder sockets = new SocketFolder(folder.resolve("inner-run"));
            ControlClient.Reply reply = new ControlClient(sockets.socketFor(inner)).upgrade();
            assertThat(reply.isDone()).as(reply.body()).isTrue();
            Deadline.inSeconds(PATIENCE)
                    .await("it is ready again", () -> status().contains("\"subState\":\"running\""));
            assertThat(pids()).isEqualTo(before);
            assertThat(status()).contains("\"restarts\":0");
            assertThat(up.running()).isTrue();
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
        }
    }

    @Test
    void theFirstProcessOfANamespaceIsUpgradedAsWell() throws IOException {
        assumeTrue(
                ProcessUnderTest.run(folder, "unshare", "-fp", "--mount-proc", "true")
                                .awaitExit(Deadline.inSeconds(PATIENCE))
                        == 0,
                "PID namespaces may not be made here");
        ProcessUnderTest up = program.startAsFirstProcess("up", stack.toString());
        try (up) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(PATIENCE));
            Map<String, String> before = pids();
            assertThat(upgraded()).contains("upgraded: the new program runs");
            assertThat(pids()).isEqualTo(before);
            assertThat(Program.get(port, "/")).isEqualTo("inner\n");
            ProcessHandle first = ProcessHandle.of(up.pid())
                    .flatMap(outer -> outer.children().findFirst())
                    .orElseThrow();
            assertThat(first.destroy()).isTrue();
            assertThat(up.awaitExit(Deadline.inSeconds(PATIENCE))).isZero();
            assertThat(up.output()).contains("plain.service: Deactivated successfully.", "ended");
        }
    }

    private String upgraded() {
        try {
            ControlClient.Reply reply = control().upgrade();
            assertThat(reply.isDone()).as(reply.body()).isTrue();
            return reply.body();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private String status() {
        try {
            return control().ask("GET", "/status", false).body();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private ControlClient control() {
        return new ControlClient(new SocketFolder(folder.resolve("run")).socketFor(stack));
    }

    private Map<String, String> pids() {
        Map<String, String> pids = new TreeMap<>();
        Matcher unit = UNIT.matcher(status());
        while (unit.find()) {
            pids.put(unit.group(1), unit.group(2));
        }
        return pids;
    }

    /// No line is missing and none is there twice.
    private void assertCounted() throws IOException {
        Path log = folder.resolve("run/state/journal");
        try (Stream<Path> files = Files.walk(log)) {
            Path file = files.filter(one -> one.endsWith("count.service.log"))
                    .findFirst()
                    .orElseThrow();
            int expected = 1;
            for (String line : Files.readAllLines(file)) {
                String last = line.substring(line.lastIndexOf(' ') + 1);
                if (last.matches("\\d+")) {
                    assertThat(last).isEqualTo(Integer.toString(expected++));
                }
            }
            assertThat(expected).isGreaterThan(10);
        }
    }

    /// Clients that keep asking over kept connections, and open another one where an answer says that its own
    /// ends. Who was held up for longer than connections are kept for a next request may find his ended.
    private final class Callers {
        /// Less than the program grants to each.
        private static final long KEPT_NANOS = 400_000_000;

        private final AtomicInteger answers = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean isOver;

        Callers(int count) {
            for (int i = 0; i < count; i++) {
                threads.add(Thread.ofVirtual().start(this::call));
            }
        }

        private void call() {
            while (!isOver) {
                try (Wire wire = Wire.connect(port).patience(Duration.ofSeconds(PATIENCE))) {
                    long before = System.nanoTime();
                    boolean isKept = true;
                    while (!isOver && isKept) {
                        long asking = System.nanoTime();
                        isKept = !isLast(wire, before);
                        before = asking;
                        LockSupport.parkNanos(2_000_000);
                    }
                } catch (AssertionError | RuntimeException failed) {
                    failures.add(String.valueOf(failed.getMessage()));
                }
            }
        }

        private boolean isLast(Wire wire, long before) {
            wire.sendRaw("GET / HTTP/1.1\r\nHost: example.test\r\n\r\n");
            boolean wasHeldUp = System.nanoTime() - before > KEPT_NANOS;
            Optional<Reply> answer = wire.tryReply("GET");
            if (answer.isEmpty() && wasHeldUp) {
                return true;
            }
            Reply reply = answer.orElseThrow(() -> new AssertionError("the connection ended instead of an answer"));
            if (reply.status() == 200 && reply.body().equals("inner\n")) {
                answers.incrementAndGet();
            } else {
                failures.add(reply.statusLine());
            }
            return reply.header("Connection").map("close"::equals).orElse(false);
        }

        List<String> stop() {
            isOver = true;
            threads.forEach(thread -> {
                try {
                    thread.join();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
            return List.copyOf(failures);
        }
    }
}
