package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import org.junit.jupiter.api.Test;

class ForwardingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-App: one\r\n\r\nhello";

    @Test
    void getsAnAnswerAndKeepsTheConnectionForTheNextRequest() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                Reply reply = wire.send("GET /x%20y?q=1 HTTP/1.1\nHost: site\nX-Mine: 7\nTE: trailers\n\n")
                        .reply();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("hello");
                assertThat(reply.header("X-App")).hasValue("one");
            }
            assertThat(peer.connections()).isEqualTo(1);
            assertThat(peer.requests()).hasSize(3);
            assertThat(peer.requests().getFirst().requestLine()).isEqualTo("GET /x%20y?q=1 HTTP/1.1");
            assertThat(peer.raw()).startsWith("GET /x%20y?q=1 HTTP/1.1\r\nHost: app\r\nX-Mine: 7\r\n\r\n");
        }
    }

    @Test
    void sendsABodyWithItsLength() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            wire.send("POST / HTTP/1.1\nHost: site\nContent-Length: 4\n\nabcd").expectStatus(200);
            wire.send("POST / HTTP/1.1\nHost: site\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n")
                    .expectStatus(200);
            assertThat(peer.requests().getFirst().body()).isEqualTo("abcd");
            assertThat(peer.requests().getLast().header("Content-Length")).hasValue("3");
            assertThat(peer.requests().getLast().body()).isEqualTo("abc");
        }
    }
}
