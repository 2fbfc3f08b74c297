package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTunnelTest {
    private static final int PIECE = 64;
    private static final String UPGRADE = "GET /ws HTTP/1.1\nHost: site\nConnection: Upgrade\nUpgrade: echo\n\n";
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";

    private static Peer echoing(String greeting) {
        return Peer.start(conversation -> {
            conversation.head();
            conversation.say(SWITCHED + greeting);
            for (int octet = conversation.read(); octet >= 0; octet = conversation.read()) {
                conversation.say(new byte[] {(byte) octet});
            }
            conversation.say("bye");
        });
    }

    private static Proxy upgrading(Peer peer) {
        return Proxy.to(peer.port()).field("Upgrade", "echo").field("Connection", "upgrade");
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 100})
    void bytesGoBothWaysAndEachSideMayFinishFirst(int step) {
        try (Peer peer = echoing("hi");
                Proxy proxy = upgrading(peer).start();
                Wire wire = proxy.connect()) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            assertThat(wire.bytes(2)).isEqualTo("hi".getBytes(StandardCharsets.ISO_8859_1));
            byte[] said = "the quick brown fox".getBytes(StandardCharsets.ISO_8859_1);
            wire.sendRaw(step, said);
            assertThat(wire.bytes(said.length)).isEqualTo(said);
            wire.finish();
            assertThat(wire.rest()).isEqualTo("bye".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void silentTunnelEnds() {
        try (Peer peer = echoing("")) {
            // The head of the answer has no more time than silence has, which may be too little on a busy machine.
            Deadline.inSeconds(60).await("a tunnel that ends", () -> endsInSilence(peer));
        }
    }

    private static boolean endsInSilence(Peer peer) {
        try (Proxy proxy = upgrading(peer)) {
            proxy.read = Duration.ofMillis(150);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                if (wire.send(UPGRADE).reply().status() != 101) {
                    return false;
                }
                wire.expectClosed();
                return true;
            }
        }
    }

    @Test
    void serverThatIsLostEndsTheClientsConnection() {
        try (Peer peer = Peer.start(conversation -> {
                    conversation.head();
                    conversation.say(SWITCHED);
                    conversation.read();
                    conversation.reset();
                });
                Proxy proxy = upgrading(peer).start();
                Wire wire = proxy.connect()) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            wire.sendRaw("x");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void muchGoesThroughInBothDirectionsAtOnce() {
        int size = 4 << 20;
        AtomicReference<byte[]> arrived = new AtomicReference<>(new byte[0]);
        try (Peer peer = Peer.start(conversation -> {
                    conversation.head();
                    conversation.say(SWITCHED);
                    conversation.say(new byte[size]);
                    byte[] all = new byte[size];
                    for (int i = 0; i < size; i++) {
                        all[i] = (byte) conversation.read();
                    }
                    arrived.set(all);
                });
                Proxy proxy = upgrading(peer).start();
                Wire wire = proxy.connect()) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            byte[] mine = new byte[size];
            java.util.Arrays.fill(mine, (byte) 7);
            Thread sending = Thread.ofVirtual().start(() -> wire.sendRaw(65536, mine));
            assertThat(wire.bytes(size)).isEqualTo(new byte[size]);
            Deadline.inSeconds(60).await("all of it arrived", () -> arrived.get().length == size);
            assertThat(arrived.get()).isEqualTo(mine);
            assertThat(sending.isAlive()).isFalse();
        }
    }

    @Test
    void whatTheClientSaidLastReachesAServerThatReadsLate() {
        int size = 3 << 20;
        CountDownLatch finished = new CountDownLatch(1);
        AtomicInteger arrived = new AtomicInteger();
        try (Peer peer = Peer.start(conversation -> {
                    conversation.head();
                    conversation.say(SWITCHED);
                    awaits(finished);
                    while (conversation.read() >= 0) {
                        arrived.incrementAndGet();
                    }
                    conversation.say("bye");
                });
                Proxy proxy = upgrading(peer).start();
                Wire wire = proxy.connect()) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            Thread sending = Thread.ofVirtual()
                    .start(() -> wire.sendRaw(1000, new byte[size]).finish());
            // Read byte by byte, so that some of it waits in the proxy when the client has ended.
            finished.countDown();
            assertThat(wire.rest()).isEqualTo("bye".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(sending.isAlive()).isFalse();
            assertThat(arrived).hasValue(size);
        }
    }

    @Test
    void whatTheServerSaidLastReachesAClientThatHasFinishedAndReadsLate() throws Exception {
        int size = 12 << 20;
        CountDownLatch said = new CountDownLatch(1);
        try (Peer peer = Peer.start(conversation -> {
                    conversation.head();
                    conversation.say(SWITCHED);
                    // The client's end.
                    conversation.read();
                    Thread.ofVirtual().start(said::countDown);
                    conversation.say(new byte[size]);
                });
                Proxy proxy = upgrading(peer).start();
                Wire wire = proxy.connect()) {
            assertThat(wire.send(UPGRADE).reply().status()).isEqualTo(101);
            wire.finish();
            assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();
            // In small pieces, so that the proxy has some of it when the server has ended.
            for (int left = size; left > 0; left -= PIECE) {
                assertThat(wire.bytes(PIECE)).hasSize(PIECE);
            }
            assertThat(wire.rest()).isEmpty();
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
