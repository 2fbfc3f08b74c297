package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class HaproxyProgramTest {
    private final Path cfg;
    private final Path pidFile;
    private final Program program;
    private final int port = Ports.free();

    HaproxyProgramTest(@TempDir Path temporary) {
        cfg = temporary.resolve("haproxy.cfg");
        pidFile = temporary.resolve("haproxy.pid");
        program = new Program(temporary);
    }

    @BeforeEach
    void aConfiguration() throws IOException {
        answer("one");
    }

    @AfterEach
    void nothingGoesOnRunning() throws IOException {
        if (Files.exists(pidFile)) {
            ProcessUnderTest.signal("KILL", pid());
        }
    }

    @Test
    void aSoundConfigurationIsValid() {
        ProcessUnderTest check = program.run("haproxy", "-c", "-f", cfg.toString());
        assertThat(check.output()).isEqualTo("Configuration file is valid");
        assertThat(check.awaitExit(Deadline.inSeconds(60))).isZero();
    }

    @Test
    void anUnsoundOneIsNamedWithItsLineInHaproxysForm() throws IOException {
        Files.writeString(cfg, Files.readString(cfg).replace("http-request", "http-reqest"));
        ProcessUnderTest check = program.run("haproxy", "-c", "-f", cfg.toString());
        assertThat(check.output())
                .contains(" : config : parsing [" + cfg + ":")
                .contains("unknown keyword 'http-reqest' in 'frontend' section")
                .contains(" : config : Error(s) found in configuration file : " + cfg)
                .endsWith(" : config : Fatal errors found in configuration.");
        assertThat(check.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
    }

    @Test
    void inMasterWorkerModeASignalReadsTheConfigurationAnew() throws IOException {
        try (ProcessUnderTest server = foreground("-W")) {
            Files.writeString(cfg, "nonsense\n");
            server.signal("USR2");
            await("the complaint", () -> server.output().contains("unknown keyword 'nonsense'"));
            assertThat(Program.get(port, "/")).isEqualTo("one");
            answer("two");
            server.signal("USR2");
            await("the new configuration", () -> Program.get(port, "/").equals("two"));
            server.signal("TERM");
            assertThat(server.awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }

    @Test
    void aNewProgramHasTheOlderOneFinish() throws IOException {
        try (ProcessUnderTest older = foreground("-db")) {
            answer("two");
            try (ProcessUnderTest newer =
                    program.start("haproxy", "-db", "-f", cfg.toString(), "-sf", Long.toString(older.pid()))) {
                assertThat(older.awaitExit(Deadline.inSeconds(40))).isZero();
                assertThat(Program.get(port, "/")).isEqualTo("two");
                newer.signal("USR1");
                assertThat(newer.awaitExit(Deadline.inSeconds(60))).isZero();
            }
        }
    }

    @Test
    void noRequestFailsWhileANewProgramTakesOverAndThePidFileNamesIt() throws Exception {
        String[] usual = {"haproxy", "-db", "-p", pidFile.toString(), "-f", cfg.toString()};
        try (ProcessUnderTest older = program.start(usual)) {
            await("it to listen", () -> Ports.isListening(port));
            AtomicBoolean isOver = new AtomicBoolean();
            CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> requests(isOver));
            String[] taking = Arrays.copyOf(usual, usual.length + 2);
            taking[usual.length] = "-sf";
            taking[usual.length + 1] = Long.toString(older.pid());
            try (ProcessUnderTest newer = program.start(taking)) {
                assertThat(older.awaitExit(Deadline.inSeconds(40))).isZero();
                isOver.set(true);
                assertThat(asked.get(60, TimeUnit.SECONDS)).isPositive();
                assertThat(pid()).isEqualTo(newer.pid());
                newer.signal("USR1");
                assertThat(newer.awaitExit(Deadline.inSeconds(60))).isZero();
                assertThat(pidFile).doesNotExist();
            }
        }
    }

    @Test
    void aNewProgramMayEndTheOlderOneAtOnceAndNobodyIsTurnedAway() throws Exception {
        try (ProcessUnderTest older = foreground("-db");
                Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.setSoTimeout(20_000);
            AtomicBoolean isOver = new AtomicBoolean();
            CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(() -> knocks(isOver));
            try (ProcessUnderTest newer =
                    program.start("haproxy", "-db", "-f", cfg.toString(), "-st", Long.toString(older.pid()))) {
                assertThat(older.awaitExit(Deadline.inSeconds(40))).isZero();
                assertThat(ended(open)).as("what was open has ended").isTrue();
                assertThat(Program.get(port, "/")).isEqualTo("one");
                isOver.set(true);
                assertThat(asked.get(60, TimeUnit.SECONDS)).isPositive();
                newer.signal("TERM");
                assertThat(newer.awaitExit(Deadline.inSeconds(60))).isZero();
            }
        }
    }

    /// Connects again and again, which has to succeed each time; the answer may fail to come while programs
    /// change.
    ///
    /// @return how many answers came
    private int knocks(AtomicBoolean isOver) {
        int answers = 0;
        while (!isOver.get()) {
            try (Socket socket = connected()) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                answers += new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).endsWith("one")
                        ? 1
                        : 0;
            } catch (IOException cut) {
                assertThat(cut).hasMessageNotContaining("refused");
            }
        }
        return answers;
    }

    private Socket connected() {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException refused) {
            throw new AssertionError("turned away", refused);
        }
    }

    private static boolean ended(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void aSocketIsTakenOverFromWhoeverStartsIt() throws IOException {
        Files.writeString(cfg, Files.readString(cfg).replace("bind 127.0.0.1:" + port, "bind fd@3"));
        assertThat(program.run("haproxy", "-c", "-f", cfg.toString()).output())
                .contains("cannot use file descriptor '3'");
        List<String> command = Program.withSocket(port, Program.command("haproxy", "-db", "-f", cfg.toString()));
        try (ProcessUnderTest server = ProcessUnderTest.start(program.folder(), program.environment(), command)) {
            await("it to listen", () -> {
                assertThat(server.running()).as(server.output()).isTrue();
                return Ports.isListening(port);
            });
            assertThat(Program.get(port, "/")).isEqualTo("one");
            server.signal("TERM");
            assertThat(server.awaitExit(Deadline.inSeconds(60))).isZero();
        }
    }

    /// Asks again and again on new connections; an answer that does not come, or another one, is an error.
    ///
    /// @return how often
    private int requests(AtomicBoolean isOver) {
        int count = 0;
        while (!isOver.get()) {
            assertThat(Program.get(port, "/")).isEqualTo("one");
            count++;
        }
        return count;
    }

    @Test
    void itGoesToTheBackgroundOnceItServes() throws IOException {
        ProcessUnderTest start = program.run("haproxy", "-D", "-p", pidFile.toString(), "-f", cfg.toString());
        assertThat(start.awaitExit(Deadline.inSeconds(60))).as(start.output()).isZero();
        assertThat(Program.get(port, "/")).isEqualTo("one");
        long pid = pid();
        ProcessUnderTest.signal("TERM", pid);
        await("the end", () -> ProcessHandle.of(pid).isEmpty() && !Files.exists(pidFile));
    }

    private ProcessUnderTest foreground(String how) {
        ProcessUnderTest server = program.start("haproxy", how, "-f", cfg.toString());
        await("it to listen", () -> {
            assertThat(server.running()).as(server.output()).isTrue();
            return Ports.isListening(port);
        });
        return server;
    }

    private void answer(String text) throws IOException {
        Files.writeString(cfg, """
                defaults
                    mode http
                    timeout client 5s
                frontend front
                    bind 127.0.0.1:PORT
                    http-request return content-type text/plain string TEXT
                """.replace("PORT", "" + port).replace("TEXT", text));
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile).strip());
    }

    private static void await(String what, BooleanSupplier condition) {
        Deadline.inSeconds(60).await(what, condition);
    }
}
