package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only ASGI applications have: a life of their own before and after requests, and WebSockets.
class AsgiTest {
    @TempDir
    private Path scratch;

    @Test
    void anApplicationIsToldOfStartAndEnd() throws IOException {
        Workers.require();
        try (Workers shop = new Workers(scratch, Map.of(), "asgi_shop:app", "-k", "asgi", "-w", "2")) {
            assertThat(shop.get("/started").body()).isEqualTo("True");
            shop.signal("TERM");
            assertThat(shop.awaitExit()).isZero();
        }
        assertThat(Files.readAllLines(scratch.resolve("shutdown.txt"))).hasSize(2);
    }

    @Test
    void aWebSocketEchoesTextAndBytesAndCloses() {
        Workers.require();
        try (Workers shop = new Workers(scratch, Map.of(), "asgi_shop:app", "-k", "asgi");
                Wire wire = shop.connect()) {
            Reply reply = upgrade(wire, "/echo");
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("Sec-WebSocket-Protocol")).contains("chat");
            assertThat(reply.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            frame(wire, 0x81, "hello");
            assertThat(text(wire, 7)).isEqualTo("\u0081\u0005hello");
            frame(wire, 0x82, "\u0000\u00ff");
            assertThat(text(wire, 4)).isEqualTo("\u0082\u0002\u0000\u00ff");
            frame(wire, 0x89, "ping");
            assertThat(text(wire, 6)).isEqualTo("\u008a\u0004ping");
            frame(wire, 0x81, "bye");
            assertThat(text(wire, 4)).isEqualTo("\u0088\u0002\u000f\u00a1");
        }
    }

    @Test
    void aWebSocketThatIsRefusedIsForbidden() {
        Workers.require();
        try (Workers shop = new Workers(scratch, Map.of(), "asgi_shop:app", "-k", "asgi");
                Wire wire = shop.connect()) {
            assertThat(upgrade(wire, "/nothing").status()).isEqualTo(403);
        }
    }

    @Test
    void aWebSocketOutlivesAReload() {
        Workers.require();
        try (Workers shop = new Workers(scratch, Map.of(), "asgi_shop:app", "-k", "asgi");
                Wire wire = shop.connect()) {
            assertThat(upgrade(wire, "/echo").status()).isEqualTo(101);
            frame(wire, 0x81, "before");
            assertThat(text(wire, 8)).endsWith("before");
            shop.signal("HUP");
            shop.awaitLine("generation 2 of asgi_shop:app serves");
            assertThat(shop.get("/").body()).isEqualTo("shop\n");
            frame(wire, 0x81, "after");
            assertThat(text(wire, 7)).endsWith("after");
        }
    }

    private static Reply upgrade(Wire wire, String path) {
        wire.send("GET " + path + """
                 HTTP/1.1
                Host: shop.example
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: chat
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """);
        return wire.reply();
    }

    /// A frame, masked with zeros.
    private static void frame(Wire wire, int first, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        byte[] frame = new byte[bytes.length + 6];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        wire.sendRaw(Integer.MAX_VALUE, frame);
    }

    private static String text(Wire wire, int count) {
        return new String(wire.bytes(count), StandardCharsets.ISO_8859_1);
    }
}
