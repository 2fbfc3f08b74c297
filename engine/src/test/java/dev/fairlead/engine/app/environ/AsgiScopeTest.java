package dev.fairlead.engine.app.environ;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.app.Applications;
import dev.fairlead.engine.app.EncodedRequests;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.RequestView.Underscores;
import dev.fairlead.model.app.WorkerKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsgiScopeTest {
    @TempDir
    Path folder;

    private EncodedRequests serving(RequestView view) {
        Consumer<Exchange> fixed = exchange -> exchange.client(Peer.of(new InetSocketAddress("203.0.113.9", 4711)));
        return EncodedRequests.of(folder, Applications.of(WorkerKind.ASGI, view), fixed);
    }

    @Test
    void theScopeOfARequestHasEveryKey() {
        try (EncodedRequests served = serving(Applications.trusting(false, Underscores.DROP, "/root"))) {
            assertThat(served.variables("""
                            GET /caf%C3%A9/%ff?q=%20 HTTP/1.1
                            Host: h.example
                            X_A: caf\u00e9

                            """))
                    .containsExactly(
                            "asgi = {'version': '3.0', 'spec_version': '2.3'}",
                            "client = ('203.0.113.9', 4711)",
                            "headers = [(b'host', b'h.example'), (b'x_a', b'caf\\xe9')]",
                            "http_version = '1.1'",
                            "method = 'GET'",
                            "path = '/caf\\xe9/\\ufffd'",
                            "query_string = b'q=%20'",
                            "raw_path = b'/caf%C3%A9/%ff'",
                            "root_path = '/root'",
                            "scheme = 'http'",
                            "server = ('127.0.0.1', " + served.port() + ")",
                            "type = 'http'",
                            "body b'hi' flags 0");
        }
    }

    @Test
    void aWebSocketHasItsOwnScope() {
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            assertThat(served.variables("""
                            GET /chat HTTP/1.1
                            Host: h
                            Upgrade: WebSocket
                            Connection: keep-alive, Upgrade
                            Sec-WebSocket-Version: 13
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                            Sec-WebSocket-Protocol: chat, superchat
                            X-Forwarded-Proto: https

                            """, "type", "scheme", "subprotocols", "method", "path"))
                    .containsExactly(
                            "path = '/chat'",
                            "scheme = 'wss'",
                            "subprotocols = ['chat', 'superchat']",
                            "type = 'websocket'");
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade: websocket | Connection: close",
                "Upgrade: h2c | Connection: upgrade",
                "X: y | Connection: upgrade",
                "Upgrade: websocket | X: upgrade",
            })
    void otherUpgradesAreRequests(String upgrade, String connection) {
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            assertThat(served.variables("GET / HTTP/1.1\nHost: h\n" + upgrade + "\n" + connection + "\n\n", "type"))
                    .containsExactly("type = 'http'");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 198.51.100.1",
                "198.51.100.1, 198.51.100.2 | 198.51.100.2",
                "198.51.100.1, 127.0.0.1 | 198.51.100.1",
                "198.51.100.1,127.0.0.1 , ::1 | 198.51.100.1",
                "127.0.0.1, 127.0.0.1 | 127.0.0.1",
                "unknown | unknown",
            })
    void trustedPeersNameTheClient(String list, String client) {
        String request = "GET / HTTP/1.1\nHost: h\nX-Forwarded-For: " + list + "\n\n";
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            assertThat(served.variables(request, "client")).containsExactly("client = ('" + client + "', 0)");
        }
        try (EncodedRequests served = serving(Applications.trusting(false, Underscores.DROP, ""))) {
            assertThat(served.variables(request, "client")).containsExactly("client = ('203.0.113.9', 4711)");
        }
    }

    @Test
    void probesLookLikeRequests() {
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            ByteBuf out = Unpooled.buffer();
            RequestEncoder.of(Applications.of(WorkerKind.ASGI, RequestView.DEFAULT))
                    .probe("/health?deep=1", new ToldVariables(), out);
            assertThat(served.shown(ByteBufUtil.getBytes(out)))
                    .contains("path = '/health'", "query_string = b'deep=1'", "method = 'GET'", "client = None");
        }
    }
}
