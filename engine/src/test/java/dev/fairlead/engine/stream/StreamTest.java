package dev.fairlead.engine.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.stream.StreamSettings;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections are passed on as they are.
final class StreamTest {

    private static Socket connect(Engine engine) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Streams.port(engine));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String exchange(Engine engine, String sent) throws IOException {
        try (Socket socket = connect(engine)) {
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static StreamListener to(int... ports) {
        return Streams.listener(Streams.host(Streams.forward(Streams.upstream("u", new Balance.InOrder(), ports))));
    }

    @Test
    void bytesGoBothWaysAndTheEndToo() throws Exception {
        try (Server server = Server.listener();
                Engine engine = Streams.start(to(server.port()))) {
            assertThat(exchange(engine, "hello")).isEqualTo("bye");
            assertThat(server.heard()).isEqualTo("hello");
        }
    }

    @Test
    void withoutHalfClosingTheEndOfOneSideEndsBoth() throws Exception {
        try (Server server = Server.start((in, out) -> {
                    out.write("gone".getBytes(ISO_8859_1));
                    out.close();
                });
                Engine engine = Streams.start(Streams.listener(Streams.host(Streams.forward(
                        Streams.upstream("u", new Balance.RoundRobin(), server.port()),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        false))));
                Socket socket = connect(engine)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .isEqualTo("gone");
        }
    }

    @Test
    void aConnectionAboveTheLimitEndsAndMakesRoomForNone() throws Exception {
        Template all = Template.constant("all", Streams.HERE);
        RequestLimits.Zone zone = new RequestLimits.Zone("all", all, 1 << 20, 0, Streams.HERE);
        RequestLimits limits = new RequestLimits(
                List.of(),
                503,
                LogLevel.ERROR,
                false,
                List.of(new RequestLimits.Connections(zone, 1, Streams.HERE)),
                503,
                LogLevel.ERROR,
                false);
        try (Server server = Server.echo();
                Engine engine = Streams.start(Streams.listener(Streams.host(
                        Streams.limited(limits),
                        List.of(),
                        new StreamAction.ForwardTo(
                                Streams.forward(Streams.upstream("u", new Balance.InOrder(), server.port()))))))) {
            try (Socket first = connect(engine)) {
                first.getOutputStream().write('a');
                assertThat(first.getInputStream().read()).isEqualTo('a');
                for (int i = 0; i < 2; i++) {
                    try (Socket second = connect(engine)) {
                        assertThat(second.getInputStream().read()).isEqualTo(-1);
                    }
                }
                first.getOutputStream().write('b');
                assertThat(first.getInputStream().read()).isEqualTo('b');
            }
            assertThat(answeredAtLast(engine)).isEqualTo("c");
        }
    }

    /// What comes back once the connection before has left its place.
    private static String answeredAtLast(Engine engine) throws IOException {
        String answer = "";
        for (Deadline deadline = Deadline.inSeconds(30); answer.isEmpty() && !deadline.passed(); ) {
            try {
                answer = exchange(engine, "c");
            } catch (SocketException stillRefused) {
                answer = "";
            }
        }
        return answer;
    }

    @Test
    void muchIsPassedOnNoFasterThanItIsTaken() throws Exception {
        byte[] much = new byte[8 << 20];
        new Random(7).nextBytes(much);
        try (Server server = Server.echo();
                Engine engine = Streams.start(to(server.port()));
                Socket socket = connect(engine)) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(much);
                    socket.shutdownOutput();
                } catch (IOException lost) {
                    throw new AssertionError(lost);
                }
            });
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(1000);
            byte[] rest = in.readAllBytes();
            assertThat(Arrays.equals(start, 0, 1000, much, 0, 1000)).isTrue();
            assertThat(Arrays.equals(rest, 0, rest.length, much, 1000, much.length))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesArePassedOnNoFasterThanTheirRate(boolean isUpload) throws Exception {
        // A server that sends back what it gets has both directions carry the same.
        byte[] much = new byte[30_000];
        new Random(8).nextBytes(much);
        try (Server server = Server.echo();
                Engine engine = Streams.start(Streams.listener(Streams.host(Streams.paced(
                        Streams.upstream("u", new Balance.InOrder(), server.port()),
                        isUpload ? 20_000 : 0,
                        isUpload ? 0 : 20_000))));
                Socket socket = connect(engine)) {
            long begun = System.nanoTime();
            socket.getOutputStream().write(much);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(much);
            // The second piece of at most 16,384 bytes waits until the first is due.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Test
    void theNextServerIsTriedWhenOneRefuses() throws Exception {
        try (Server server = Server.listener();
                Engine engine = Streams.start(to(Server.nobody(), Server.nobody(), server.port()))) {
            assertThat(exchange(engine, "x")).isEqualTo("bye");
        }
    }

    @Test
    void withoutAnyServerTheConnectionEnds() throws Exception {
        try (Engine engine = Streams.start(to(Server.nobody()))) {
            assertThat(exchange(engine, "")).isEmpty();
        }
    }

    @Test
    void silenceEndsTheConnection() throws Exception {
        String heard = "";
        try (Server server = Server.named("here");
                Engine engine = Streams.start(Streams.listener(Streams.host(Streams.forward(
                        Streams.upstream("u", new Balance.RoundRobin(), server.port()),
                        Optional.empty(),
                        Duration.ofMillis(200),
                        true))))) {
            // On a busy machine it may be silent before the server has said anything.
            while (heard.isEmpty()) {
                try (Socket socket = connect(engine)) {
                    heard = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                }
            }
        }
        assertThat(heard).isEqualTo("here");
    }

    @ParameterizedTest
    @EnumSource(ProxyProtocol.class)
    void theServerIsToldWhoTheClientIs(ProxyProtocol version) throws Exception {
        try (Server server = Server.listener();
                Engine engine = Streams.start(Streams.listener(Streams.host(Streams.forward(
                        Streams.upstream("u", new Balance.RoundRobin(), server.port()),
                        Optional.of(version),
                        Duration.ofMinutes(1),
                        true))));
                Socket socket = connect(engine)) {
            socket.getOutputStream().write("x".getBytes(ISO_8859_1));
            socket.shutdownOutput();
            int from = socket.getLocalPort();
            int to = Streams.port(engine);
            String line = "PROXY TCP4 127.0.0.1 127.0.0.1 " + from + " " + to + "\r\nx";
            String binary = "0d0a0d0a000d0a515549540a2111000c7f0000017f000001"
                    + HexFormat.of().toHexDigits((short) from)
                    + HexFormat.of().toHexDigits((short) to) + "78";
            String heard = server.heard();
            assertThat(
                            version == ProxyProtocol.VERSION_1
                                    ? heard
                                    : HexFormat.of().formatHex(heard.getBytes(ISO_8859_1)))
                    .isEqualTo(version == ProxyProtocol.VERSION_1 ? line : binary);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void aProxyHeaderIsPassedOnAsTheClient(int step) throws Exception {
        try (Server server = Server.listener();
                Engine engine = Streams.start(Streams.listener(
                        true,
                        Streams.host(Streams.forward(
                                Streams.upstream("u", new Balance.RoundRobin(), server.port()),
                                Optional.of(ProxyProtocol.VERSION_1),
                                Duration.ofMinutes(1),
                                true))));
                Wire wire = Wire.connect(Streams.port(engine))) {
            wire.sendRaw(step, "PROXY TCP4 192.0.2.1 192.0.2.9 1000 443\r\nhello".getBytes(ISO_8859_1));
            wire.finish();
            assertThat(server.heard()).isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.9 1000 443\r\nhello");
        }
    }

    @Test
    void withoutTheHeaderItWaitsForTheConnectionEnds() throws Exception {
        try (Server server = Server.listener();
                Engine engine = Streams.start(Streams.listener(
                        true,
                        Streams.host(
                                Streams.forward(Streams.upstream("u", new Balance.RoundRobin(), server.port())))))) {
            assertThat(exchange(engine, "hello")).isEmpty();
        }
    }

    /// A ClientHello for `b.example` with ALPN h2.
    private static byte[] hello() {
        String name = HexFormat.of().formatHex("b.example".getBytes(ISO_8859_1));
        String extensions = "0000000e000c000009" + name + "0010000500030268" + "32";
        int size = extensions.length() / 2;
        String body = "0303" + "00".repeat(32) + "00" + "0002" + "1301" + "0100"
                + HexFormat.of().toHexDigits((short) size) + extensions;
        String message = "01" + "00" + HexFormat.of().toHexDigits((short) (body.length() / 2)) + body;
        return HexFormat.of().parseHex("160301" + HexFormat.of().toHexDigits((short) (message.length() / 2)) + message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void theNameInAClientHelloChoosesTheServer(int step) throws Exception {
        try (Server a = Server.named("a");
                Server b = Server.listener()) {
            var toB = new StreamAction.ForwardTo(
                    Streams.forward(Streams.upstream("b", new Balance.RoundRobin(), b.port())));
            var toA = new StreamAction.ForwardTo(
                    Streams.forward(Streams.upstream("a", new Balance.RoundRobin(), a.port())));
            Template name = Template.of(new Variable.Builtin(Attribute.TLS_SERVER_NAME), Streams.HERE);
            Condition isB = new Condition.Same(name, Template.constant("b.example", Streams.HERE));
            StreamSettings settings =
                    Streams.settings(Optional.of(new StreamSettings.Preread(16384, Duration.ofSeconds(5), true)));
            StreamListener listener =
                    Streams.listener(Streams.host(settings, List.of(new StreamRule(isB, toB, Streams.HERE)), toA));
            try (Engine engine = Streams.start(listener)) {
                try (Wire wire = Wire.connect(Streams.port(engine))) {
                    wire.sendRaw(step, hello());
                    wire.finish();
                    assertThat(b.heard().getBytes(ISO_8859_1)).isEqualTo(hello());
                }
                assertThat(exchange(engine, "no TLS")).isEqualTo("a");
            }
        }
    }

    @Test
    void aReloadLeavesConnectionsWhereTheyAre() throws Exception {
        try (Server old = Server.echo();
                Server young = Server.named("young");
                Engine engine = Streams.start(to(old.port()));
                Socket socket = connect(engine)) {
            socket.getOutputStream().write("1".getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('1');
            engine.reload(Streams.plan(to(young.port())));
            socket.getOutputStream().write("2".getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('2');
            assertThat(exchange(engine, "x")).isEqualTo("young");
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void drainingWaitsForConnections() throws Exception {
        try (Server server = Server.echo();
                Engine engine = Streams.start(to(server.port()));
                Socket socket = connect(engine)) {
            socket.getOutputStream().write("1".getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('1');
            engine.stopAccepting();
            assertThat(engine.drain(Duration.ofMillis(100))).isFalse();
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(engine.drain(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aHopInsideThePlanNeedsNoSocket() throws Exception {
        int port = Server.nobody();
        try (Server server = Server.listener()) {
            StreamListener second = new StreamListener(
                    new Address.Tcp("127.0.0.1", port),
                    SocketOptions.DEFAULT,
                    false,
                    true,
                    Streams.host(Streams.forward(Streams.upstream("s", new Balance.RoundRobin(), server.port()))),
                    Streams.HERE);
            StreamListener first = Streams.listener(Streams.host(Streams.forward(
                    Streams.upstream("f", new Balance.RoundRobin(), port),
                    Optional.of(ProxyProtocol.VERSION_2),
                    Duration.ofMinutes(1),
                    true)));
            Plan linked = Linker.link(Streams.plan(first, second), new Problems());
            assertThat(linked.links()).hasSize(1);
            assertThat(linked.http()).isEqualTo(HttpPlan.EMPTY);
            try (Engine engine = Engine.start(linked, Clock.system())) {
                assertThat(exchange(engine, "through both")).isEqualTo("bye");
                assertThat(server.heard()).isEqualTo("through both");
            }
        }
    }
}
