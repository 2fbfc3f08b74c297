package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Logging that people configure by Python's own means, under both programs.
class LoggingTest {
    private static final String FORMATTED = "%(name)s %(levelname)s <%(message)s>";
    private static final int LONGEST = 2048;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void aDictionaryDecidesHowEverythingIsLogged(AppServer.Kind kind) throws IOException {
        String conf = """
                accesslog = "-"
                logconfig_dict = {
                    "version": 1,
                    "formatters": {"short": {"format": "%s"}},
                    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "short", "stream": "ext://sys.stdout"}},
                    "root": {"level": "INFO", "handlers": ["out"]},
                    "loggers": {
                        "gunicorn.error": {"level": "INFO", "handlers": ["out"], "propagate": False},
                        "gunicorn.access": {"level": "INFO", "handlers": ["out"], "propagate": False},
                    },
                }
                """.formatted(FORMATTED);
        asInOtherWords(kind, conf);
    }

    @ParameterizedTest
    @EnumSource
    void aFileDecidesHowEverythingIsLogged(AppServer.Kind kind) throws IOException {
        String ini = """
                [loggers]
                keys=root,gunicorn.error,gunicorn.access
                [handlers]
                keys=out
                [formatters]
                keys=short
                [logger_root]
                level=INFO
                handlers=out
                [logger_gunicorn.error]
                level=INFO
                handlers=out
                propagate=0
                qualname=gunicorn.error
                [logger_gunicorn.access]
                level=INFO
                handlers=out
                propagate=0
                qualname=gunicorn.access
                [handler_out]
                class=StreamHandler
                formatter=short
                args=(sys.stdout,)
                [formatter_short]
                format=%s
                """.formatted(FORMATTED);
        Files.writeString(Files.createDirectories(scratch).resolve("logging.ini"), ini);
        asInOtherWords(kind, "logconfig = '" + scratch.resolve("logging.ini") + "'\n");
    }

    private void asInOtherWords(AppServer.Kind kind, String conf) throws IOException {
        Caller caller = Caller.configured(scratch, kind, conf);
        try (AppServer server = caller.start("-b", "127.0.0.1:0", "-c", "conf.py", "personality:app")) {
            SocketAddress address = Caller.port(server.port());
            Caller.get(address, "/log");
            Caller.get(address, "/raise");
            server.process().signal("TERM");
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(server.process().output())
                    .containsPattern("gunicorn.error INFO <Listening at: http://127.0.0.1:\\d+ \\(\\d+\\)>")
                    .containsPattern("gunicorn.error INFO <Booting worker with pid: \\d+>")
                    .contains("gunicorn.error ERROR <said to the log>")
                    .containsPattern(
                            "gunicorn.access INFO <127.0.0.1 - - \\[.*] \"GET /log HTTP/1.0\" 200 \\d+ \"-\" \"-\">")
                    .contains("gunicorn.error ERROR <Error handling request /raise>", "ValueError: on purpose")
                    .containsPattern("gunicorn.access INFO <.* \"GET /raise HTTP/1.0\" 500 ")
                    .contains("gunicorn.error INFO <Handling signal: term>")
                    .doesNotContainPattern("(?m)^\\[\\d{4}-");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClassOfOnesOwnFiltersRequests(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.configured(scratch, kind, """
                import logging
                from gunicorn import glogging

                class Quiet(logging.Filter):
                    def filter(self, record):
                        return "/health" not in record.getMessage()

                class Logger(glogging.Logger):
                    def setup(self, cfg):
                        super().setup(cfg)
                        self.access_log.addFilter(Quiet())
                        self.error_log.info("for %s", cfg.access_log_format)

                    def access(self, resp, req, environ, request_time):
                        if req.path != "/said":
                            super().access(resp, req, environ, request_time)

                accesslog = "access"
                access_log_format = "%(m)s %(U)s %(s)s"
                logger_class = Logger
                """);
        try (AppServer server = caller.start("-b", "unix:s", "-c", "conf.py", "personality:app")) {
            for (String path : List.of("/health", "/said", "/print")) {
                Caller.get(caller.socket("s"), path);
            }
            caller.awaitText("access", "/print");
            assertThat(caller.text("access")).isEqualTo("GET /print 200\n");
            server.process()
                    .awaitLine(
                            "the class", line -> line.endsWith("[INFO] for %(m)s %(U)s %(s)s"), Deadline.inSeconds(60));
            assertThat(server.process().output().lines().filter(line -> line.contains("Booting worker")))
                    .hasSize(1);
        }
    }

    /// Whoever rotates logs moves the files away and sends USR1.
    @ParameterizedTest
    @EnumSource
    void filesOfPythonsHandlersAreOpenedAnew(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.configured(scratch, kind, """
                logconfig_dict = {
                    "version": 1,
                    "handlers": {"file": {"class": "logging.FileHandler", "filename": "requests"}},
                    "loggers": {"gunicorn.access": {"level": "INFO", "handlers": ["file"], "propagate": False}},
                    "root": {},
                }
                """);
        try (AppServer server = caller.start("-b", "unix:s", "-c", "conf.py", "personality:app")) {
            Caller.get(caller.socket("s"), "/before");
            caller.awaitText("requests", "/before");
            Files.move(caller.folder().resolve("requests"), caller.folder().resolve("requests.1"));
            server.process().signal("USR1");
            Deadline.inSeconds(60).await("the file to be there again", () -> {
                Caller.get(caller.socket("s"), "/after");
                return caller.text("requests").contains("/after");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void figuresGoToStatsd(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        try (DatagramSocket statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                AppServer server = caller.start(
                        "-b",
                        "unix:s",
                        "--statsd-host",
                        "127.0.0.1:" + statsd.getLocalPort(),
                        "--statsd-prefix",
                        "shop",
                        "personality:app")) {
            Caller.get(caller.socket("s"), "/said");
            Set<String> wanted = Set.of(
                    "shop.gunicorn.requests:1|c|@1.0",
                    "shop.gunicorn.request.status.200:1|c|@1.0",
                    "shop.gunicorn.request.duration:N|ms",
                    "shop.gunicorn.workers:1|g");
            Set<String> figures = heard(statsd, wanted, text -> text.replaceFirst(":[0-9.e-]+\\|ms", ":N|ms"));
            assertThat(figures).containsAll(wanted);
            server.process().signal("TERM");
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesGoToSyslog(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        try (DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                AppServer server = caller.start(
                        "-b",
                        "unix:s",
                        "-n",
                        "shop",
                        "--log-syslog",
                        "--log-syslog-facility",
                        "local3",
                        "--log-syslog-to",
                        "udp://127.0.0.1:" + syslog.getLocalPort(),
                        "personality:app")) {
            Caller.get(caller.socket("s"), "/log");
            Set<String> wanted = Set.of(
                    "<155>gunicorn.shop.error: [N] said to the log",
                    "<158>gunicorn.shop.error: [N] Using worker: sync",
                    "<158>gunicorn.shop.access: [N]  - - [T] \"GET /log HTTP/1.0\" 200 N \"-\" \"-\"");
            Set<String> lines = heard(
                    syslog,
                    wanted,
                    text -> text.replaceFirst("\u0000$", "")
                            .replaceFirst(": \\[\\d+]", ": [N]")
                            .replaceFirst("\\[\\d\\d/.*?]", "[T]")
                            .replaceFirst("200 \\d+", "200 N"));
            assertThat(lines).containsAll(wanted);
            server.process().signal("TERM");
        }
    }

    /// What was sent to a socket until all of `wanted` was, or for a minute.
    ///
    /// @param neutral takes from a packet what is another one each time
    private static Set<String> heard(DatagramSocket socket, Set<String> wanted, UnaryOperator<String> neutral)
            throws IOException {
        Set<String> heard = new TreeSet<>();
        Deadline deadline = Deadline.inSeconds(60);
        socket.setSoTimeout(60_000);
        while (!heard.containsAll(wanted) && !deadline.passed()) {
            DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
            socket.receive(packet);
            heard.add(neutral.apply(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII)));
        }
        return heard;
    }

    /// What traffic does not know of a request, workers log.
    @ParameterizedTest
    @EnumSource
    void aFormatMayAskForTheEnviron(AppServer.Kind kind) throws IOException {
        Caller caller = Caller.in(scratch, kind);
        String format =
                "%(h)-12s|%({RAW_URI}e)s|%({wsgi.url_scheme}e)s|%(s)s|%({Content-Type}o)s|%({Host}i)s|$5|%(zz)s";
        try (AppServer server = caller.start(
                "-b", "127.0.0.1:0", "--access-logfile", "access", "--access-logformat", format, "personality:app")) {
            Caller.get(Caller.port(server.port()), "/said?a=b");
            caller.awaitText("access", "\n");
            assertThat(caller.text("access")).isEqualTo("127.0.0.1   |/said?a=b|http|200|text/plain|h|$5|-\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.Logger", "nothing"})
    void aClassThatIsNotThereEndsIt(String name) throws IOException {
        Caller caller = Caller.in(scratch, AppServer.Kind.FAIRLEAD);
        try (AppServer server = caller.start("-b", "unix:s", "--logger-class", name, "personality:app")) {
            assertThat(server.process().awaitExit(Deadline.inSeconds(60))).isNotZero();
            assertThat(server.process().output()).contains(name.equals("nothing") ? "class uri 'nothing'" : "missing");
        }
    }
}
