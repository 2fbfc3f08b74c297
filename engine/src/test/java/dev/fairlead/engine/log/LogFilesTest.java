package dev.fairlead.engine.log;

import static dev.fairlead.engine.route.Written.HERE;
import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.route.Asked;
import dev.fairlead.engine.route.TestHost;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.Logging.Escaping;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.http.SyslogFacility;
import dev.fairlead.model.text.Template;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.ManualClock;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    private final Shared shared = new Shared();
    private final ManualClock clock = new ManualClock(0);

    private static Logging.AccessLog access(Logging.Target target, String format, String condition, int buffer) {
        return new Logging.AccessLog(
                target,
                new Logging.Format("f", text(format), Escaping.HEXADECIMAL, HERE),
                condition.isEmpty() ? Optional.empty() : Optional.of(text(condition)),
                buffer,
                Optional.empty(),
                HERE);
    }

    private static Logging.Target file(Path path) {
        return new Logging.Target.File(Template.constant(path.toString(), HERE));
    }

    private TestServer serve(Logging logging) {
        return TestHost.serve(
                clock, shared, TestHost.named("a.example").with(logging).at("/", answer(200, "x")));
    }

    private int flushed(Path log) {
        try {
            flush();
            return Files.readAllLines(log).size();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void flush() throws Exception {
        Logs.of(shared).flush().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aLineIsWrittenForEachRequest(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access");
        Logging logging = new Logging(
                List.of(access(file(log), "$remote_addr \"$request\" $status $http_x $arg_a", "", 0)), List.of());
        try (TestServer server = serve(logging)) {
            Asked.get(server, "/p?a=1", "X: q\"");
            Asked.get(server, "/p?a=");
            flush();
        }
        assertThat(Files.readAllLines(log))
                .containsExactly(
                        "127.0.0.1 \"GET /p?a=1 HTTP/1.1\" 200 q\\x22 1", "127.0.0.1 \"GET /p?a= HTTP/1.1\" 200 - ");
    }

    @Test
    void aConditionChoosesWhatIsLogged(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access");
        try (TestServer server = serve(new Logging(List.of(access(file(log), "$arg_log", "$arg_log", 0)), List.of()))) {
            Asked.get(server, "/?log=1");
            Asked.get(server, "/?log=0");
            Asked.get(server, "/");
            flush();
        }
        assertThat(Files.readAllLines(log)).containsExactly("1");
    }

    @Test
    void aBufferedLogIsWrittenOnCommand(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access");
        try (TestServer server = serve(new Logging(List.of(access(file(log), "$uri", "", 1 << 16)), List.of()))) {
            Asked.get(server, "/one");
            flush();
            assertThat(Files.readAllLines(log)).containsExactly("/one");
        }
    }

    @Test
    void aClientThatGoesBeforeItsAnswerIsLoggedAs499(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access");
        RequestLimits.Zone zone = new RequestLimits.Zone("z", text("$host"), 1 << 20, 1, HERE);
        RequestLimits.Rate slow = new RequestLimits.Rate(zone, 10, 0, HERE);
        RequestLimits limits =
                new RequestLimits(List.of(slow), 503, LogLevel.ERROR, false, List.of(), 503, LogLevel.ERROR, false);
        TestHost host = TestHost.named("a.example")
                .with(new Logging(List.of(access(file(log), "$uri $status", "", 0)), List.of()))
                .with(limits)
                .at("/");
        try (TestServer server = TestHost.serve(clock, shared, host)) {
            Asked.get(server, "/first");
            try (Wire wire = Wire.connect(server.port())) {
                wire.send("GET /waits HTTP/1.1\nHost: a.example\n\n");
                wire.reset();
            }
            Deadline.in(Duration.ofSeconds(5)).await("the second line of the log", () -> flushed(log) == 2);
        }
        assertThat(Files.readAllLines(log)).containsExactly("/first 404", "/waits 499");
    }

    @Test
    void whatIsBufferedIsWrittenWhenTheProgramEnds(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access");
        try (TestServer server = serve(new Logging(List.of(access(file(log), "$uri", "", 1 << 16)), List.of()))) {
            Asked.get(server, "/one");
        }
        Logs.of(shared).finish();
        assertThat(Files.readAllLines(log)).containsExactly("/one");
    }

    @Test
    void rotatedLogsAreOpenedAgainByName(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access");
        Path rotated = folder.resolve("access.1");
        try (TestServer server = serve(new Logging(List.of(access(file(log), "$uri", "", 0)), List.of()))) {
            Asked.get(server, "/before");
            flush();
            Files.move(log, rotated);
            Logs.of(shared).reopen();
            Asked.get(server, "/after");
            flush();
        }
        assertThat(Files.readAllLines(rotated)).containsExactly("/before");
        assertThat(Files.readAllLines(log)).containsExactly("/after");
    }

    @Test
    void aNameWithVariablesIsAFileForEach(@TempDir Path folder) throws Exception {
        Logging.Target target = new Logging.Target.File(text(folder + "/$arg_f"));
        try (TestServer server = serve(new Logging(List.of(access(target, "$uri", "", 0)), List.of()))) {
            Asked.get(server, "/1?f=a");
            Asked.get(server, "/2?f=b");
            Asked.get(server, "/3?f=a");
            flush();
        }
        assertThat(Files.readAllLines(folder.resolve("a"))).containsExactly("/1", "/3");
        assertThat(Files.readAllLines(folder.resolve("b"))).containsExactly("/2");
    }

    @Test
    void errorLinesHaveTheFormOfNginx(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("error");
        Logging logging = new Logging(List.of(), List.of(new Logging.ErrorLog(file(log), LogLevel.ERROR, HERE)));
        TestHost host = TestHost.named("a.example")
                .with(logging)
                .with(new dev.fairlead.model.http.Access(
                        List.of(new dev.fairlead.model.http.Access.AddressRule(
                                false, new dev.fairlead.model.net.AddressRange.Everyone(), HERE)),
                        Optional.empty(),
                        false))
                .at("/");
        try (TestServer server = TestHost.serve(clock, shared, host)) {
            Asked.get(server, "/x", "Referer: r");
            flush();
        }
        assertThat(Files.readString(log))
                .matches(
                        "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[error] \\d+#\\d+: \\*\\d+ access forbidden by rule .*, "
                                + "client: 127.0.0.1, server: a.example, request: \"GET /x HTTP/1.1\", "
                                + "host: \"a.example\", referrer: \"r\"\n");
    }

    @Test
    void syslogGetsADatagramForEachLine() throws Exception {
        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            syslog.setSoTimeout(60_000);
            Logging.Target target = new Logging.Target.Syslog(
                    "127.0.0.1:" + syslog.getLocalPort(), SyslogFacility.LOCAL7, LogLevel.INFO, "fairlead", false);
            try (TestServer server = serve(new Logging(List.of(access(target, "$uri", "", 0)), List.of()))) {
                Asked.get(server, "/x");
                DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
                syslog.receive(packet);
                assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1))
                        .matches("<190>\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d fairlead: /x");
            }
        }
    }

    @Test
    void syslogIsReachedAtAUnixSocketToo(@TempDir Path folder) throws Exception {
        try (NotifySocket syslog = NotifySocket.bind(folder.resolve("log").toString())) {
            Logging.Target target = new Logging.Target.Syslog(
                    "unix:" + folder.resolve("log"), SyslogFacility.USER, LogLevel.ERROR, "t", false);
            try (TestServer server = serve(new Logging(List.of(access(target, "$uri", "", 0)), List.of()))) {
                Asked.get(server, "/x");
                flush();
            }
            assertThat(syslog.receive())
                    .hasValueSatisfying(message ->
                            assertThat(message.text()).startsWith("<11>").endsWith(" t: /x"));
        }
    }

    @Test
    void aLogThatCannotBeOpenedKeepsThePlanFromRunning(@TempDir Path folder) {
        Path log = folder.resolve("missing/access");
        assertThatThrownBy(() -> serve(new Logging(List.of(access(file(log), "$uri", "", 0)), List.of())))
                .hasMessageContaining("open() \"" + log + "\" failed (2: No such file or directory)");
    }
}
