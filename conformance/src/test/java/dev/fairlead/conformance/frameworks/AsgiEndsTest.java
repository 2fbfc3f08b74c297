package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an ASGI application and its clients learn of each other's ends, and of each other's slowness.
class AsgiEndsTest {
    /// More than fits into sockets and buffers on the way, in bytes; a fast sender would pass it in a moment.
    private static final long MOST_AHEAD = 48 << 20;

    @TempDir
    private Path scratch;

    private Workers application;

    @BeforeEach
    void start() {
        Workers.require();
        application = new Workers(scratch, Map.of(), "asgi_ends:app", "-k", "asgi", "--graceful-timeout", "1");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private String told() {
        return application.get("/told").body();
    }

    /// Asks until the application was told so.
    private void awaitTold(String text) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String last = told();
        while (!last.equals(text) && System.nanoTime() < end) {
            last = told();
        }
        assertThat(last).isEqualTo(text);
    }

    @Test
    void aClientThatLeavesEndsItsRequest() {
        try (Wire wire = application.connect()) {
            wire.send("GET /wait HTTP/1.1\nHost: h.example\n\n");
            awaitTold("[\"waiting\"]");
        }
        awaitTold("[\"waiting\", \"http.disconnect\"]");
    }

    @Test
    void aClientThatLeavesWithinItsBodyEndsItsRequest() {
        try (Wire wire = application.connect()) {
            wire.send("POST /upload HTTP/1.1\nHost: h.example\nContent-Length: 10\n\nsome");
            awaitTold("[\"uploading\"]");
        }
        awaitTold("[\"uploading\", \"disconnect within the body\"]");
    }

    @Test
    void aWebSocketEndsWithItsCodeAndReason() {
        try (Wire wire = application.connect()) {
            assertThat(WebSockets.upgrade(wire, "/echo").status()).isEqualTo(101);
            WebSockets.frame(wire, 0x88, "\u0010\u00e1enough");
            assertThat(WebSockets.text(wire, 4)).isEqualTo("\u0088\u0002\u0010\u00e1");
            wire.expectClosed();
        }
        awaitTold("[[4321, \"enough\"]]");
    }

    @Test
    void aWebSocketThatIsLostHasEnded() {
        try (Wire wire = application.connect()) {
            assertThat(WebSockets.upgrade(wire, "/echo").status()).isEqualTo(101);
        }
        awaitTold("[[1006, \"\"]]");
    }

    @Test
    void aHandshakeMayBeAnsweredWithAPage() {
        try (Wire wire = application.connect()) {
            Reply reply = WebSockets.upgrade(wire, "/denied");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("Retry-After")).contains("7");
            assertThat(reply.body()).isEqualTo("too many");
        }
    }

    @Test
    void aWorkerThatEndsSaysSoToItsWebSockets() {
        try (Wire wire = application.connect()) {
            assertThat(WebSockets.upgrade(wire, "/echo").status()).isEqualTo(101);
            application.signal("TERM");
            assertThat(WebSockets.text(wire, 4)).isEqualTo("\u0088\u0002\u0003\u00f4");
        }
        assertThat(application.awaitExit()).isZero();
    }

    @Test
    void whatDoesNotStartIsNotDeployed() throws IOException {
        Files.createFile(scratch.resolve("no-database"));
        application.signal("HUP");
        application.awaitLine("there is no database");
        assertThat(application.get("/").body()).isEqualTo("here");
    }

    @Test
    void aFileIsSentByItsPath() throws IOException {
        Files.writeString(scratch.resolve("large"), "f".repeat(1_000_000));
        assertThat(application.get("/file").body()).hasSize(1_000_000).matches("f*");
    }

    @Test
    void aWebSocketThatIsNotReadStopsTheApplication() {
        try (Wire wire = application.connect()) {
            assertThat(WebSockets.upgrade(wire, "/flood").status()).isEqualTo(101);
            assertThat(stand()).isLessThan(MOST_AHEAD);
        }
    }

    @Test
    void anApplicationThatDoesNotReadStopsItsWebSocket() throws IOException {
        byte[] message = new byte[64 * 1024];
        try (SocketChannel client =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), application.port))) {
            client.write(StandardCharsets.ISO_8859_1.encode(WebSockets.request("/deaf")));
            client.read(ByteBuffer.allocate(1024));
            client.configureBlocking(false);
            ByteBuffer frames = ByteBuffer.allocate(1 << 20);
            while (frames.remaining() > message.length + 14) {
                frames.putShort((short) 0x82FF)
                        .putLong(message.length)
                        .putInt(0)
                        .put(message);
            }
            frames.flip();
            long sent = 0;
            // While nothing is taken the application answers other requests, so it could have taken it.
            for (int idle = 0; idle < 50 && sent < 2 * MOST_AHEAD; idle++) {
                int count = client.write(frames);
                sent += count;
                if (count > 0) {
                    idle = 0;
                } else {
                    told();
                }
                if (!frames.hasRemaining()) {
                    frames.rewind();
                }
            }
            assertThat(sent).isLessThan(MOST_AHEAD);
        }
    }

    /// How far the application was when it got no further.
    private long stand() {
        List<String> seen = new ArrayList<>();
        do {
            seen.add(told());
        } while (seen.size() < 100 || !seen.get(seen.size() - 50).equals(seen.get(seen.size() - 1)));
        return Long.parseLong(seen.get(seen.size() - 1).replaceAll("[^0-9]", ""));
    }
}
