package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The worker is a scripted peer; the connection to it plays the one that said TUNNEL.
@ExtendWith(LeakWatch.class)
class WorkerTunnelTest {
    private static final String UPGRADE = "GET /ws HTTP/1.1\nHost: h\nConnection: Upgrade\nUpgrade: websocket\n\n";
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-A: b\r\n\r\n";

    /// What the request's keeper was told.
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private boolean isAnswered;

    private TestServer serving(Peer worker) {
        return TestServer.serving(new Answering(TestSettings.DEFAULTS, exchange -> connect(exchange, worker.port())));
    }

    private void connect(Exchange exchange, int port) {
        ChannelInboundHandlerAdapter frames = new ChannelInboundHandlerAdapter();
        new Bootstrap()
                .group(exchange.loop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(frames)
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addListener((ChannelFutureListener) done -> {
                    if (done.isSuccess()) {
                        open(done.channel(), frames, exchange);
                    } else {
                        told.add("not connected");
                    }
                });
    }

    private void open(Channel channel, ChannelInboundHandlerAdapter frames, Exchange exchange) {
        WorkerTunnel tunnel = new WorkerTunnel(channel, exchange, new WorkerTunnel.Owner() {
            @Override
            public boolean tunnelBegins() {
                told.add("begins");
                return !isAnswered;
            }

            @Override
            public void tunnelUnused() {
                told.add("unused");
                Answering.text(exchange, "by frames");
            }

            @Override
            public void tunnelEnded() {
                told.add("ended");
            }
        });
        tunnel.start(frames, Unpooled.EMPTY_BUFFER);
    }

    private void expectTold(String... words) {
        Deadline.inSeconds(60)
                .await(List.of(words) + " in " + told, () -> List.copyOf(told).equals(List.of(words)));
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 100})
    void bytesGoBothWaysOnceTheProtocolIsSwitched(int step) {
        Peer worker = Peer.start(conversation -> {
            byte[] head = (SWITCHED + "hi").getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < head.length; at += step) {
                conversation.say(Arrays.copyOfRange(head, at, Math.min(head.length, at + step)));
            }
            for (int octet = conversation.read(); octet >= 0; octet = conversation.read()) {
                conversation.say(new byte[] {(byte) octet});
            }
            conversation.say("bye");
        });
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(UPGRADE).reply();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("Connection")).contains("upgrade");
            assertThat(reply.header("Upgrade")).contains("websocket");
            assertThat(reply.header("X-A")).contains("b");
            assertThat(wire.bytes(2)).isEqualTo("hi".getBytes(StandardCharsets.ISO_8859_1));
            byte[] said = "the quick brown fox".getBytes(StandardCharsets.ISO_8859_1);
            wire.sendRaw(step, said);
            assertThat(wire.bytes(said.length)).isEqualTo(said);
            wire.finish();
            assertThat(wire.rest()).isEqualTo("bye".getBytes(StandardCharsets.ISO_8859_1));
            expectTold("begins", "ended");
        }
    }

    @Test
    void aWorkerThatFinishesHasItsLastWordsDelivered() {
        Peer worker = Peer.start(conversation -> conversation.say(SWITCHED + "x".repeat(1_000_000)));
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            assertThat(wire.rest()).hasSize(1_000_000);
            wire.finish();
            expectTold("begins", "ended");
        }
    }

    @Test
    void aClientThatIsLostEndsTheTunnelAtTheWorker() {
        Peer worker = Peer.start(conversation -> {
            conversation.say(SWITCHED);
            while (conversation.read() >= 0) {
                // Until it ends.
            }
        });
        try (worker;
                TestServer server = serving(worker)) {
            Wire wire = Wire.connect(server.port());
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            wire.reset();
            expectTold("begins", "ended");
        }
    }

    @Test
    void aSlowClientHoldsTheWorkerBack() {
        byte[] much = new byte[32 << 20];
        BlockingQueue<String> progress = new LinkedBlockingQueue<>();
        Peer worker = Peer.start(conversation -> {
            conversation.say(SWITCHED);
            conversation.say(much);
            progress.add("all said");
            conversation.finish();
        });
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            assertThat(wire.bytes(1 << 20)).hasSize(1 << 20);
            assertThat(progress).isEmpty();
            assertThat(wire.rest()).hasSize(much.length - (1 << 20));
            wire.finish();
            expectTold("begins", "ended");
        }
    }

    @Test
    void aTunnelThatIsClosedUnusedLeavesTheAnswerToFrames() {
        Peer worker = Peer.start(conversation -> conversation.close());
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(UPGRADE).reply().body()).isEqualTo("by frames");
            expectTold("unused");
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 1000})
    void anotherAnswerIsPassedUpToItsLength(int step) {
        Peer worker = Peer.start(conversation -> {
            byte[] answer =
                    "HTTP/1.1 403 No\r\nContent-Type: text/x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnopeMORE"
                            .getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < answer.length; at += step) {
                conversation.say(Arrays.copyOfRange(answer, at, Math.min(answer.length, at + step)));
            }
        });
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(UPGRADE).reply();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.header("Content-Type")).contains("text/x");
            assertThat(reply.body()).isEqualTo("nope");
            expectTold("begins", "ended");
        }
    }

    @Test
    void anotherAnswerWithoutLengthIsPassedUpToItsEnd() {
        Peer worker = Peer.start(conversation -> conversation.say("HTTP/1.0 400 Bad\r\n\r\n" + "x".repeat(100_000)));
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(UPGRADE).reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).hasSize(100_000);
            expectTold("begins", "ended");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "hello",
                "HTTP/1.1 101 S\r\nbroken\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 101 S\r\nUpgrade: websocket\r\n"
            })
    void whatIsNoSoundAnswerIsABadGateway(String answer) {
        Peer worker = Peer.start(conversation -> conversation.say(answer));
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            wire.send(UPGRADE).expectStatus(502);
            expectTold("begins", "ended");
        }
    }

    @Test
    void switchingWithoutBeingAskedIsABadGateway() {
        Peer worker = Peer.start(conversation -> conversation.say(SWITCHED));
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            wire.send("GET / HTTP/1.1\nHost: h\n\n").expectStatus(502);
        }
    }

    @Test
    void aTunnelOfARequestThatIsAnsweredMeansNothing() {
        isAnswered = true;
        Peer worker = Peer.start(conversation -> conversation.say(SWITCHED));
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            assertThat(wire.send(UPGRADE).reply().body()).isEqualTo("by frames");
            expectTold("begins", "unused");
        }
    }

    @Test
    void anAnswerThatIsCutShortIsNotTakenForWhole() {
        Peer worker = Peer.start(conversation -> conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour"));
        try (worker;
                TestServer server = serving(worker);
                Wire wire = Wire.connect(server.port())) {
            Reply reply = wire.send(UPGRADE).reply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.ending()).isEqualTo(Reply.Ending.CUT_SHORT);
            expectTold("begins", "ended");
        }
    }
}
