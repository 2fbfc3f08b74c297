package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class NginxProgramTest {
    private final Path folder;
    private final Path conf;
    private final Path pidFile;
    private final Path errorLog;
    private final Program program;
    private final int port = Ports.free();

    NginxProgramTest(@TempDir Path temporary) {
        folder = temporary;
        conf = temporary.resolve("nginx.conf");
        pidFile = temporary.resolve("nginx.pid");
        errorLog = temporary.resolve("error.log");
        program = new Program(temporary);
    }

    @BeforeEach
    void aConfiguration() throws IOException {
        configure("location / { return 200 \"one\\n\"; }");
    }

    @AfterEach
    void nothingGoesOnRunning() throws IOException {
        for (Path file : new Path[] {pidFile, folder.resolve("nginx.pid.oldbin")}) {
            if (Files.exists(file)) {
                ProcessUnderTest.signal(
                        "KILL", Long.parseLong(Files.readString(file).strip()));
            }
        }
    }

    @Test
    void aSoundConfigurationIsPraisedInNginxsWords() {
        ProcessUnderTest test = nginx("-t");
        assertThat(test.output())
                .isEqualTo("nginx: the configuration file " + conf + " syntax is ok\n" + "nginx: configuration file "
                        + conf + " test is successful");
        assertThat(test.awaitExit(Deadline.inSeconds(60))).isZero();
        assertThat(nginx("-tq").output()).isEmpty();
    }

    @Test
    void anUnsoundOneIsNamedWithItsLine() throws IOException {
        configure("locatoin / { }");
        ProcessUnderTest test = nginx("-t");
        assertThat(test.output())
                .startsWith("nginx: [emerg] unknown directive \"locatoin\" in " + conf + ":")
                .endsWith("nginx: configuration file " + conf + " test failed");
        assertThat(test.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
    }

    @Test
    void dumpingPrintsTheFiles() throws IOException {
        assertThat(nginx("-T", "-q").output())
                .isEqualTo("# configuration file " + conf + ":\n" + Files.readString(conf));
    }

    @Test
    void withoutARunningProgramThereIsNobodyToSignal() {
        ProcessUnderTest reload = nginx("-s", "reload");
        assertThat(reload.output())
                .isEqualTo("nginx: [error] open() \"" + pidFile + "\" failed (2: No such file or directory)");
        assertThat(reload.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
    }

    @Test
    void itGoesToTheBackgroundOnceItServesAndEndsWhenToldTo() throws IOException {
        ProcessUnderTest start = nginx();
        assertThat(start.awaitExit(Deadline.inSeconds(60))).as(start.output()).isZero();
        assertThat(Program.get(port, "/")).isEqualTo("one\n");
        long pid = pid();
        assertThat(nginx("-s", "stop").awaitExit(Deadline.inSeconds(60))).isZero();
        await("the end", () -> ProcessHandle.of(pid).isEmpty() && !Files.exists(pidFile));
    }

    @Test
    void inTheBackgroundATakenPortIsStillReported() throws IOException {
        try (ProcessUnderTest first = foreground()) {
            Path second = folder.resolve("second.conf");
            Files.writeString(second, Files.readString(conf).replace("nginx.pid", "second.pid"));
            ProcessUnderTest refused = program.run("nginx", "-c", second.toString());
            assertThat(refused.output())
                    .contains("bind() to 127.0.0.1:" + port + " failed (98: Address already in use)");
            assertThat(refused.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
            assertThat(first.running()).isTrue();
        }
    }

    @Test
    void aReloadThatFailsIsLoggedAndTheOldConfigurationGoesOn() throws IOException {
        try (ProcessUnderTest server = foreground()) {
            configure("location / { retrun 200; }");
            server.signal("HUP");
            await("the complaint", () -> text(errorLog).contains("[emerg]"));
            assertThat(text(errorLog)).contains("unknown directive \"retrun\" in " + conf + ":");
            assertThat(Program.get(port, "/")).isEqualTo("one\n");

            configure("location / { return 200 \"two\\n\"; }");
            assertThat(nginx("-s", "reload").awaitExit(Deadline.inSeconds(60))).isZero();
            await("the new configuration", () -> Program.get(port, "/").equals("two\n"));
        }
    }

    @Test
    void logsAreOpenedAgainByTheirNames() throws IOException {
        configure("access_log " + folder.resolve("access.log") + "; location / { return 200 \"one\\n\"; }");
        try (ProcessUnderTest server = foreground()) {
            Program.get(port, "/first");
            await("the first line", () -> text(folder.resolve("access.log")).contains("/first"));
            Files.move(folder.resolve("access.log"), folder.resolve("access.log.1"));
            server.signal("USR1");
            await("the new file", () -> Files.exists(folder.resolve("access.log")));
            Program.get(port, "/second");
            await("the second line", () -> text(folder.resolve("access.log")).contains("/second"));
        }
    }

    @Test
    void quittingFinishesWhatIsOpen() throws IOException {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            upstream.setSoTimeout(60_000);
            configure("location / { proxy_pass http://127.0.0.1:" + upstream.getLocalPort() + "; }");
            try (ProcessUnderTest server = foreground();
                    Wire client = Wire.connect(port)) {
                client.send("GET / HTTP/1.1\nHost: example.test\n\n");
                // The request is under way for certain once it has come through.
                try (Socket forwarded = upstream.accept()) {
                    server.signal("QUIT");
                    await("the listener to close", () -> !Ports.isListening(port));
                    forwarded
                            .getOutputStream()
                            .write("HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nlate"
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(client.reply().body()).isEqualTo("late");
                }
                assertThat(server.awaitExit(Deadline.inSeconds(60))).isZero();
                assertThat(pidFile).doesNotExist();
            }
        }
    }

    @Test
    void aNewerProgramTakesTheListenersOverAndTheOldOneGoes() throws IOException {
        try (ProcessUnderTest old = foreground()) {
            long oldPid = pid();
            configure("location / { return 200 \"newer\\n\"; }");
            old.signal("USR2");
            Path oldPidFile = folder.resolve("nginx.pid.oldbin");
            await("the newer program", () -> !text(pidFile).isBlank() && Files.exists(oldPidFile));
            assertThat(text(oldPidFile).strip()).isEqualTo(Long.toString(oldPid));
            assertThat(pid()).isNotEqualTo(oldPid);
            old.signal("QUIT");
            assertThat(old.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(Program.get(port, "/")).isEqualTo("newer\n");
            assertThat(oldPidFile).doesNotExist();
            assertThat(nginx("-s", "quit").awaitExit(Deadline.inSeconds(60))).isZero();
            await("the end", () -> !Ports.isListening(port));
        }
    }

    private ProcessUnderTest foreground() {
        ProcessUnderTest server = program.start("nginx", "-c", conf.toString(), "-g", "daemon off;");
        await("it to serve", () -> !text(pidFile).isBlank() || !server.running());
        assertThat(server.running()).as(server.output()).isTrue();
        return server;
    }

    private ProcessUnderTest nginx(String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "nginx";
        line[1] = "-c";
        line[2] = conf.toString();
        System.arraycopy(words, 0, line, 3, words.length);
        return program.run(line);
    }

    private void configure(String inServer) throws IOException {
        Files.writeString(conf, """
                pid %s;
                error_log %s notice;
                events {
                }
                http {
                    access_log off;
                    server {
                        listen 127.0.0.1:%d;
                        %s
                    }
                }
                """.formatted(pidFile, errorLog, port, inServer));
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile).strip());
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException gone) {
            return "";
        }
    }

    private static void await(String what, BooleanSupplier claim) {
        Deadline.inSeconds(60).await(what, claim);
    }
}
