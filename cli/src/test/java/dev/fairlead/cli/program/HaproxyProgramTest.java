package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(check.awaitExit(Deadline.inSeconds(5))).isZero();
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
        assertThat(check.awaitExit(Deadline.inSeconds(5))).isEqualTo(1);
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
            assertThat(server.awaitExit(Deadline.inSeconds(20))).isZero();
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
                assertThat(newer.awaitExit(Deadline.inSeconds(20))).isZero();
            }
        }
    }

    @Test
    void itGoesToTheBackgroundOnceItServes() throws IOException {
        ProcessUnderTest start = program.run("haproxy", "-D", "-p", pidFile.toString(), "-f", cfg.toString());
        assertThat(start.awaitExit(Deadline.inSeconds(5))).as(start.output()).isZero();
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
