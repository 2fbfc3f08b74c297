package dev.fairlead.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final int BODY = 10_000;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Upstream upstream;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        upstream = new Upstream(0, BODY);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void everyRequestOfAFixedRateIsSentAndCounted() throws Exception {
        assertThat(load("http", "--rate", "500", "--seconds", "0.4", "--warmup", "0.2"))
                .isZero();
        assertThat(number("sent")).isEqualTo(200);
        assertThat(number("answered")).isEqualTo(200);
        assertThat(number("failed")).isZero();
        assertThat(number("max")).isPositive();
    }

    /// For longer where the machine is too busy for a single answer.
    @ParameterizedTest
    @ValueSource(strings = {"0", "4096"})
    void withoutARateTheNextRequestFollowsTheAnswer(String bodyBytes) throws Exception {
        int status = 1;
        for (int seconds = 1; status != 0 && seconds < 100; seconds *= 5) {
            out.reset();
            status = load("http", "--connections", "3", "--seconds", "" + seconds, "--body-bytes", bodyBytes);
        }
        assertThat(number("answered")).isPositive();
        assertThat(number("failed")).isZero();
    }

    @Test
    void aConnectionForEveryRequestIsClosedByItsEnd() throws Exception {
        assertThat(load("http", "--each-new", "--rate", "200", "--seconds", "0.3"))
                .isZero();
        assertThat(number("answered")).isEqualTo(60);
    }

    @Test
    void messagesComeBack() throws Exception {
        assertThat(load("websocket", "--rate", "200", "--seconds", "0.3", "--message-bytes", "5001"))
                .isZero();
        assertThat(number("answered")).isEqualTo(60);
        assertThat(number("failed")).isZero();
    }

    @Test
    void idleConnectionsAreHeldUntilTheTimeIsUp() throws Exception {
        assertThat(load("idle", "--connections", "100", "--seconds", "0.1")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"open\":100,\"failed\":0}\n{\"held\":100,\"lost\":0}\n");
    }

    @Test
    void aServerThatIsNotThereIsToldAsFailures() throws Exception {
        int nobody = unusedPort();
        String url = "http://127.0.0.1:" + nobody + "/";
        assertThat(run("http", url, "--rate", "100", "--seconds", "0.2", "--warmup", "0"))
                .isEqualTo(1);
        assertThat(number("not connected")).isEqualTo(20);
        assertThat(number("answered")).isZero();
    }

    @Test
    void wrongUseIsSaid() throws Exception {
        assertThat(run("http")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("bench/load: no URL is named\nusage: ");
        assertThat(run("idle", "http://a/", "--hope")).isEqualTo(2);
        assertThat(run("swim")).isEqualTo(2);
        assertThat(run("http", "http://a/", "http://b/")).isEqualTo(2);
    }

    private int load(String mode, String... more) throws Exception {
        String scheme = mode.equals("websocket") ? "ws" : "http";
        String[] args = new String[more.length + 6];
        args[0] = mode;
        args[1] = scheme + "://127.0.0.1:" + upstream.port() + "/a?b=c";
        args[2] = "--grace";
        args[3] = "60";
        args[4] = "--warmup";
        args[5] = "0";
        System.arraycopy(more, 0, args, 6, more.length);
        return run(args);
    }

    private int run(String... args) throws Exception {
        try (PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return Main.run(List.of(args), InputStream.nullInputStream(), to, errors);
        }
    }

    private double number(String name) {
        String text = out.toString(StandardCharsets.UTF_8);
        Matcher found = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
