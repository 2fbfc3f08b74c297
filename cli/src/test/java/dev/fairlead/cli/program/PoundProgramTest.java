package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PoundProgramTest {
    private final Path folder;
    private final Path cfg;
    private final Path pidFile;
    private final Program program;
    private final int port = Ports.free();

    PoundProgramTest(@TempDir Path temporary) {
        folder = temporary;
        cfg = temporary.resolve("pound.cfg");
        pidFile = temporary.resolve("pound.pid");
        program = new Program(temporary);
    }

    @BeforeEach
    void aConfiguration() throws IOException {
        Files.writeString(folder.resolve("page.html"), "found nothing");
        Files.writeString(cfg, """
                LogLevel 0
                ListenHTTP
                    Address 127.0.0.1
                    Port %d
                    Service
                        Error 404 "page.html"
                    End
                End
                """.formatted(port));
    }

    @AfterEach
    void nothingGoesOnRunning() throws IOException {
        if (Files.exists(pidFile)) {
            ProcessUnderTest.signal("KILL", pid());
        }
    }

    @Test
    void aSoundConfigurationIsWorthNoWordUnlessAsked() {
        ProcessUnderTest check = program.run("pound", "-c", "-f", cfg.toString());
        assertThat(check.output()).isEmpty();
        assertThat(check.awaitExit(Deadline.inSeconds(60))).isZero();
        ProcessUnderTest wordy = program.run("pound", "-c", "-v", "-f", cfg.toString());
        assertThat(wordy.output()).isEqualTo("pound: Config file " + cfg + " is OK");
    }

    @Test
    void anUnsoundOneIsNamedWithItsLine() throws IOException {
        Files.writeString(cfg, Files.readString(cfg).replace("Address", "Adress"));
        ProcessUnderTest check = program.run("pound", "-c", "-f", cfg.toString());
        assertThat(check.output())
                .contains(cfg + ":3:5: error: unrecognized keyword \"Adress\"")
                .contains("did you mean \"Address\"?");
        assertThat(check.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
    }

    @Test
    void whatItDoesNotKnowOnItsCommandLineIsSaid() {
        ProcessUnderTest asked = program.run("pound", "-W", "wonders");
        assertThat(asked.output())
                .startsWith("pound: invalid feature name: wonders")
                .contains("usage: pound");
        assertThat(asked.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
    }

    @Test
    void inTheForegroundItServesAndFinishesAtHangup() {
        try (ProcessUnderTest server = program.start("pound", "-e", "-f", cfg.toString(), "-p", pidFile.toString())) {
            await("it to listen", () -> {
                assertThat(server.running()).as(server.output()).isTrue();
                return Ports.isListening(port);
            });
            assertThat(Program.get(port, "/")).isEqualTo("found nothing");
            server.signal("HUP");
            assertThat(server.awaitExit(Deadline.inSeconds(40))).isZero();
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void whatIsLoggedTellsNoWholeAddressAndNotWhatIsSuppressed() throws IOException {
        Files.writeString(cfg, """
                Anonymise
                LogFormat "short" "%%a|%%m %%U|%%s"
                LogLevel "short"
                ListenHTTP
                    Address 127.0.0.1
                    Port %d
                End
                Service
                    Path "^/quiet"
                    LogSuppress clterr
                    Error 404
                End
                Service
                    LogSuppress success 5
                    Error 404
                End
                """.formatted(port));
        try (ProcessUnderTest server = program.start("pound", "-F", "-f", cfg.toString())) {
            await("it to listen", () -> {
                assertThat(server.running()).as(server.output()).isTrue();
                return Ports.isListening(port);
            });
            Program.get(port, "/quiet");
            Program.get(port, "/loud");
            await("the line", () -> server.output().contains("127.0.0.0|GET /loud|404"));
            assertThat(server.output()).doesNotContain("quiet");
            server.signal("TERM");
            assertThat(server.awaitExit(Deadline.inSeconds(40))).isZero();
        }
    }

    @Test
    void theLogNamesWhomTrustedProxiesNameAndTheNearestListOfThemCounts() throws IOException {
        Files.writeString(cfg, """
                LogFormat "who" "%%a|%%h|%%U %%{X-No}I %%{%%Y}t %%{sec}t"
                LogLevel "who"
                ACL "near"
                    "127.0.0.0/8"
                    "10.0.0.0/8"
                End
                TrustedIP "near"
                ListenHTTP
                    Address 127.0.0.1
                    Port %d
                End
                Service
                    Path "^/elsewhere"
                    ForwardedHeader "X-Asked-By"
                    Error 404
                End
                Service
                    Path "^/nobody"
                    TrustedIP
                        "192.0.2.77"
                    End
                    Error 404
                End
                Service
                    Error 404
                End
                """.formatted(port));
        try (ProcessUnderTest server = program.start("pound", "-F", "-f", cfg.toString())) {
            await("it to listen", () -> {
                assertThat(server.running()).as(server.output()).isTrue();
                return Ports.isListening(port);
            });
            ask("/chain", "X-Forwarded-For: 198.51.100.1, 192.0.2.8, 10.1.2.3");
            ask("/trusted", "X-Forwarded-For: 10.1.2.3");
            ask("/none", "X-Other: 192.0.2.8");
            ask("/odd", "X-Forwarded-For: 192.0.2.8, unknown");
            ask("/elsewhere", "X-Asked-By: 192.0.2.9\nX-Forwarded-For: 192.0.2.8");
            ask("/nobody", "X-Forwarded-For: 192.0.2.8, 192.0.2.77");
            // Each loop writes its own lines, when it comes to it.
            for (String line : List.of(
                    "192.0.2.8|127.0.0.1|/chain - ",
                    "127.0.0.1|127.0.0.1|/trusted ",
                    "127.0.0.1|127.0.0.1|/none ",
                    "127.0.0.1|127.0.0.1|/odd ",
                    "192.0.2.9|127.0.0.1|/elsewhere ",
                    "|/nobody -")) {
                await(line, () -> server.output().contains(line));
            }
            assertThat(server.output())
                    .containsPattern("127\\.0\\.0\\.1\\|127\\.0\\.0\\.1\\|/nobody - 2[0-9]{3} [0-9]{10}");
            server.signal("TERM");
            assertThat(server.awaitExit(Deadline.inSeconds(40))).isZero();
        }
    }

    private void ask(String path, String fields) {
        try (Wire wire = Wire.connect(port)) {
            wire.send("GET " + path + " HTTP/1.1\nHost: example.test\nConnection: close\n" + fields + "\n\n");
            wire.reply();
        }
    }

    @Test
    void itGoesToTheBackgroundOnceItServesUnlessToldNotTo() throws IOException {
        ProcessUnderTest start = program.run("pound", "-f", cfg.toString(), "-p", pidFile.toString());
        assertThat(start.awaitExit(Deadline.inSeconds(60))).as(start.output()).isZero();
        assertThat(Program.get(port, "/")).isEqualTo("found nothing");
        long pid = pid();
        ProcessUnderTest.signal("TERM", pid);
        await("the end", () -> ProcessHandle.of(pid).isEmpty() && !Files.exists(pidFile));
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile).strip());
    }

    private static void await(String what, BooleanSupplier condition) {
        Deadline.inSeconds(60).await(what, condition);
    }
}
