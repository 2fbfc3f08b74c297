package dev.fairlead.engine.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.model.http.Settings;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a well-behaved client gets to see.
class Http1BehaviourTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private static TestServer serving(Consumer<Exchange> answer) {
        return TestServer.serving(new Answering(TestSettings.DEFAULTS, answer));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static void ofUnknownLength(Exchange exchange) {
        exchange.response().begin(200);
        exchange.respond();
        exchange.output().data(bytes("one"));
        exchange.output().data(bytes("x".repeat(5000)));
        exchange.end();
    }

    @Test
    void bodiesOfUnknownLengthAreChunked() {
        try (TestServer server = serving(Http1BehaviourTest::ofUnknownLength);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(GET).reply();
            assertThat(reply.header("Transfer-Encoding")).contains("chunked");
            assertThat(reply.body()).isEqualTo("one" + "x".repeat(5000));
            wire.send(GET).expectStatus(200);
        }
    }

    @Test
    void bodiesOfUnknownLengthEndWithTheConnectionForOldClients() {
        try (TestServer server = serving(Http1BehaviourTest::ofUnknownLength);
                Wire wire = Wire.connect(server.port())) {
            Reply reply =
                    wire.send("GET / HTTP/1.0\nConnection: keep-alive\n\n").reply();
            assertThat(reply.header("Connection")).contains("close");
            assertThat(reply.body()).isEqualTo("one" + "x".repeat(5000));
        }
    }

    @Test
    void headIsAnsweredWithoutABody() {
        try (TestServer server = serving(Answering::hello);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send("HEAD / HTTP/1.1\nHost: a\n\n").reply();
            assertThat(reply.header("Content-Length")).contains("5");
            assertThat(wire.send(GET).reply().body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someStatusesHaveNoBody(int status) {
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(status).contentLength(Response.UNKNOWN);
            exchange.respond();
            exchange.output().data(bytes("not sent"));
            exchange.end();
        };
        try (TestServer server = serving(answer);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(GET).reply();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Transfer-Encoding")).isEmpty();
            wire.send(GET).expectStatus(status);
        }
    }

    @Test
    void aBodyShorterThanAnnouncedEndsTheConnection() {
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(200).contentLength(10);
            exchange.respond();
            exchange.output().data(bytes("short"));
            exchange.output().flush();
            exchange.end();
        };
        try (TestServer server = serving(answer);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(GET).reply().ending()).isEqualTo(Reply.Ending.CUT_SHORT);
        }
    }

    @Test
    void aBodyLongerThanAnnouncedIsCut() {
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(200).contentLength(3);
            exchange.respond();
            exchange.output().data(bytes("longer"));
            exchange.end();
        };
        try (TestServer server = serving(answer);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(GET).reply().body()).isEqualTo("lon");
            assertThat(wire.send(GET).reply().body()).isEqualTo("lon");
        }
    }

    @Test
    void continueIsSaidWhenTheBodyIsWanted() {
        try (TestServer server = serving(Answering::echo);
                Wire wire = Wire.connect(server.port())) {
            wire.send("POST / HTTP/1.1\nHost: a\nContent-Length: 3\nExpect: 100-continue\n\n");
            assertThat(new String(wire.bytes(25), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(wire.sendRaw("abc").reply("POST").body()).isEqualTo("abc");
        }
    }

    @Test
    void anAnswerInsteadOfContinueEndsTheConnection() {
        try (TestServer server = serving(Answering::hello);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send("POST / HTTP/1.1\nHost: a\nContent-Length: 3\nExpect: 100-continue\n\n")
                    .reply();
            assertThat(reply.interim()).isEmpty();
            assertThat(reply.header("Connection")).contains("close");
            wire.expectClosed();
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void bodiesNobodyReadsAreSkipped(int step) {
        try (TestServer server = serving(Answering::hello);
                Wire wire = Wire.connect(server.port())) {
            wire.send(step, """
                    POST / HTTP/1.1
                    Host: a
                    Content-Length: 21

                    GET /no HTTP/1.1
                    \s
                    GET /yes HTTP/1.1
                    Host: a

                    """);
            assertThat(wire.reply().body()).isEqualTo("hello");
            assertThat(wire.reply().body()).isEqualTo("hello");
        }
    }

    @Test
    void chunkedBodiesOverTheLimitAreRefused() {
        Settings settings = TestSettings.with(
                TestSettings.CONNECTION, new RequestBody(4, 16384, Duration.ofSeconds(60), "", false));
        try (TestServer server = TestServer.serving(new Answering(settings, Answering::echo));
                Wire wire = Wire.connect(server.port())) {
            wire.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n3\ndef\n0\n\n")
                    .expectStatus(413)
                    .expectClosed();
        }
    }

    @Test
    void interimResponsesGoInFront() {
        Consumer<Exchange> answer = exchange -> {
            Fields hints = new Fields(64);
            hints.add(FieldName.LINK, "</style.css>; rel=preload");
            exchange.carrier().interim(103, hints);
            Answering.text(exchange, "late");
        };
        try (TestServer server = serving(answer);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(GET).reply();
            assertThat(reply.interim()).singleElement().satisfies(hints -> {
                assertThat(hints.status()).isEqualTo(103);
                assertThat(hints.header("Link")).contains("</style.css>; rel=preload");
            });
            assertThat(reply.body()).isEqualTo("late");
            wire.send("GET / HTTP/1.0\n\n");
            assertThat(wire.reply().interim()).isEmpty();
        }
    }

    @Test
    void keepAliveEndsBehindTheLastRequestAllowed() {
        Connection connection = connection(2, Duration.ofSeconds(75), Optional.of(Duration.ofSeconds(9)));
        try (TestServer server = TestServer.serving(
                        new Answering(TestSettings.with(connection, TestSettings.BODY), Answering::hello));
                Wire wire = Wire.connect(server.port())) {
            Reply first = wire.send(GET).reply();
            assertThat(first.header("Connection")).contains("keep-alive");
            assertThat(first.header("Keep-Alive")).contains("timeout=9");
            assertThat(wire.send(GET).reply().header("Connection")).contains("close");
            wire.expectClosed();
        }
    }

    @Test
    void idleConnectionsAreClosed() {
        Connection connection = connection(100, Duration.ofMillis(50), Optional.empty());
        try (TestServer server = TestServer.serving(
                        new Answering(TestSettings.with(connection, TestSettings.BODY), Answering::hello));
                Wire wire = Wire.connect(server.port())) {
            wire.send(GET).expectStatus(200).expectClosed();
        }
    }

    @Test
    void theClientGoingAwayIsNoticedWhileItWaits() throws Exception {
        CompletableFuture<String> noticed = new CompletableFuture<>();
        Consumer<Exchange> answer = exchange -> exchange.onClientGone(() -> noticed.complete("gone"));
        Answering answering = new Answering(TestSettings.DEFAULTS, answer);
        try (TestServer server = TestServer.serving(answering)) {
            try (Wire wire = Wire.connect(server.port())) {
                wire.send(GET);
            }
            assertThat(noticed.get(60, TimeUnit.SECONDS)).isEqualTo("gone");
        }
        assertThat(answering.ended()).isEqualTo(1);
    }

    @Test
    void aBodyThatEndsEarlyEndsTheConnection() {
        Answering answering = new Answering(TestSettings.DEFAULTS, Answering::echo);
        try (TestServer server = TestServer.serving(answering);
                Wire wire = Wire.connect(server.port())) {
            wire.send("POST / HTTP/1.1\nHost: a\nContent-Length: 10\n\nabc")
                    .finish()
                    .expectClosed();
        }
        assertThat(answering.ended()).isEqualTo(1);
    }

    @Test
    void aChunkLargerThanTheLimitIsRefusedAtItsSize() {
        try (TestServer server = serving(Answering::echo);
                Wire wire = Wire.connect(server.port())) {
            wire.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n1e8480\nabc")
                    .expectStatus(413)
                    .expectClosed();
        }
    }

    @Test
    void largeBodiesGoOutAsTheClientTakesThem() {
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(200).contentLength(64L << 20);
            exchange.respond();
            new Flood(exchange).run();
        };
        try (TestServer server = serving(answer);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(GET).reply().body()).hasSize(64 << 20);
            wire.send(GET);
        }
    }

    /// Writes as much as fits, and goes on when there is room again.
    private static final class Flood implements Runnable {
        private final Exchange exchange;
        private int left = 64;

        Flood(Exchange exchange) {
            this.exchange = exchange;
            exchange.onWritable(this);
        }

        @Override
        public void run() {
            while (left > 0 && exchange.isWritable()) {
                left--;
                exchange.output().data(Unpooled.wrappedBuffer(new byte[1 << 20]));
            }
            exchange.output().flush();
            if (left == 0) {
                left = -1;
                exchange.end();
            }
        }
    }

    @Test
    void aClientThatTakesNothingIsGivenUp() throws Exception {
        Connection from = TestSettings.CONNECTION;
        Connection connection = new Connection(
                from.keepAlive(),
                from.keepAliveHeader(),
                from.keepAliveRequests(),
                from.keepAliveAge(),
                from.keepAliveDisabled(),
                Duration.ofMillis(100),
                from.lingering(),
                from.lingeringTime(),
                from.lingeringTimeout(),
                true,
                from.bytesPerSecond(),
                from.fastStartBytes());
        CompletableFuture<String> noticed = new CompletableFuture<>();
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(200).contentLength(64L << 20);
            exchange.respond();
            exchange.onClientGone(() -> noticed.complete("gone"));
            new Flood(exchange).run();
        };
        try (TestServer server =
                        TestServer.serving(new Answering(TestSettings.with(connection, TestSettings.BODY), answer));
                Wire wire = Wire.connect(server.port())) {
            wire.send(GET);
            assertThat(noticed.get(60, TimeUnit.SECONDS)).isEqualTo("gone");
        }
    }

    @Test
    void aBodySentAtARateArrivesWhole() {
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(200).limitRate(1000, 0);
            exchange.respondWith(bytes("x".repeat(2500)));
        };
        try (TestServer server = serving(answer);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(GET).reply().body()).hasSize(2500);
            assertThat(wire.send(GET).reply().body()).hasSize(2500);
        }
    }

    @Test
    void tunnelsCarryBytesBothWays() {
        Consumer<Exchange> answer = exchange -> {
            exchange.response().begin(101).fields().add(FieldName.UPGRADE, "echo");
            Echo echo = new Echo();
            echo.client = exchange.carrier().tunnel(exchange, echo);
        };
        Answering answering = new Answering(TestSettings.DEFAULTS, answer);
        try (TestServer server = TestServer.serving(answering);
                Wire wire = Wire.connect(server.port())) {
            wire.send("GET / HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: echo\n\n" + "early");
            Reply reply = wire.reply();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("Connection")).contains("upgrade");
            assertThat(new String(wire.bytes(5), StandardCharsets.ISO_8859_1)).isEqualTo("early");
            wire.sendRaw("late");
            assertThat(new String(wire.bytes(4), StandardCharsets.ISO_8859_1)).isEqualTo("late");
            wire.finish().expectClosed();
        }
        assertThat(answering.ended()).isEqualTo(1);
    }

    private static final class Echo implements Tunnel {
        private Carrier.@Nullable Raw client;
        private boolean inputIsClosed;

        private Carrier.Raw client() {
            Carrier.Raw present = client;
            if (present == null) {
                throw new IllegalStateException("no tunnel yet");
            }
            return present;
        }

        @Override
        public void data(ByteBuf data) {
            client().write(data);
        }

        @Override
        public void readComplete() {
            client().flush();
        }

        @Override
        public void writable() {}

        @Override
        public void inputClosed() {
            inputIsClosed = true;
            client().closeOutput();
        }

        @Override
        public void closed() {
            assertThat(inputIsClosed).isTrue();
        }
    }

    private static Connection connection(long requests, Duration keepAlive, Optional<Duration> told) {
        Connection from = TestSettings.CONNECTION;
        return new Connection(
                keepAlive,
                told,
                requests,
                from.keepAliveAge(),
                from.keepAliveDisabled(),
                from.sendTimeout(),
                from.lingering(),
                from.lingeringTime(),
                from.lingeringTimeout(),
                from.resetTimedOut(),
                from.bytesPerSecond(),
                from.fastStartBytes());
    }
}
