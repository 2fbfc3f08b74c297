package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            Reply reply = WebSockets.upgrade(wire, "/echo");
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("Sec-WebSocket-Protocol")).contains("chat");
            assertThat(reply.header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            WebSockets.frame(wire, 0x81, "hello");
            assertThat(WebSockets.text(wire, 7)).isEqualTo("\u0081\u0005hello");
            WebSockets.frame(wire, 0x82, "\u0000\u00ff");
            assertThat(WebSockets.text(wire, 4)).isEqualTo("\u0082\u0002\u0000\u00ff");
            WebSockets.frame(wire, 0x89, "ping");
            assertThat(WebSockets.text(wire, 6)).isEqualTo("\u008a\u0004ping");
            WebSockets.frame(wire, 0x81, "bye");
            assertThat(WebSockets.text(wire, 4)).isEqualTo("\u0088\u0002\u000f\u00a1");
        }
    }

    @Test
    void aWebSocketThatIsRefusedIsForbidden() {
        Workers.require();
        try (Workers shop = new Workers(scratch, Map.of(), "asgi_shop:app", "-k", "asgi");
                Wire wire = shop.connect()) {
            assertThat(WebSockets.upgrade(wire, "/nothing").status()).isEqualTo(403);
        }
    }

    @Test
    void aRoomOfChannelsTellsEverybody() {
        Workers.require("django", "channels");
        String request = WebSockets.request("/rooms/quay")
                .replace("Sec-WebSocket-Version", "Origin: http://shop.example\r\nSec-WebSocket-Version");
        try (Workers shop = new Workers(scratch, Map.of(), "channels_shop:app", "-k", "asgi");
                Wire ann = shop.connect();
                Wire ben = shop.connect();
                Wire stranger = shop.connect()) {
            assertThat(shop.get("/").body()).isEqualTo("shop\n");
            for (Wire wire : List.of(ann, ben)) {
                wire.sendRaw(request);
                Reply reply = wire.reply();
                assertThat(reply.status()).isEqualTo(101);
                assertThat(reply.header("Sec-WebSocket-Protocol")).contains("chat");
            }
            assertThat(WebSockets.upgrade(stranger, "/rooms/quay").status()).isEqualTo(403);
            WebSockets.frame(ann, 0x81, "hello");
            assertThat(WebSockets.text(ann, 7)).endsWith("hello");
            assertThat(WebSockets.text(ben, 7)).endsWith("hello");
            WebSockets.frame(ben, 0x88, "\u0003\u00e8");
            assertThat(WebSockets.text(ann, 11)).endsWith("left 1000");
        }
    }

    @Test
    void aWebSocketOutlivesAReload() {
        Workers.require();
        try (Workers shop = new Workers(scratch, Map.of(), "asgi_shop:app", "-k", "asgi");
                Wire wire = shop.connect()) {
            assertThat(WebSockets.upgrade(wire, "/echo").status()).isEqualTo(101);
            WebSockets.frame(wire, 0x81, "before");
            assertThat(WebSockets.text(wire, 8)).endsWith("before");
            shop.signal("HUP");
            shop.awaitLine("generation 2 of asgi_shop:app serves");
            assertThat(shop.get("/").body()).isEqualTo("shop\n");
            WebSockets.frame(wire, 0x81, "after");
            assertThat(WebSockets.text(wire, 7)).endsWith("after");
        }
    }
}
