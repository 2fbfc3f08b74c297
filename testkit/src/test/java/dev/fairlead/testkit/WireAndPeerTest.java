package dev.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireAndPeerTest {
    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void aRequestArrivesWholeHoweverItIsCut(int step) {
        try (Peer peer = Peer.replying("HTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\nhi");
                Wire wire = Wire.connect(peer.port())) {
            wire.send(step, """
                    POST /cart HTTP/1.1
                    Host: shop.example
                    Transfer-Encoding: chunked

                    3
                    abc
                    2;x=y
                    de
                    0
                    Checksum: 9

                    """);
            Reply reply = wire.reply();
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.body()).isEqualTo("hi");
            assertThat(reply.all("X-A")).containsExactly("1", "2");
            Received request = peer.requests().getFirst();
            assertThat(request.body()).isEqualTo("abcde");
            assertThat(request.trailers()).containsExactly(new Header("Checksum", "9"));
            assertThat(peer.raw()).startsWith("POST /cart HTTP/1.1\r\nHost: shop.example\r\n");
        }
    }

    @Test
    void chunksInterimResponsesAndTrailersAreUnderstood() {
        try (Peer peer = Peer.replying("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: x\r\n\r\n");
                Wire wire = Wire.connect(peer.port())) {
            Reply reply = wire.send("GET / HTTP/1.1\nHost: a\n\n").reply();
            assertThat(reply.interim()).extracting(Reply::status).containsExactly(103);
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(reply.chunked()).isTrue();
            assertThat(reply.trailers()).containsExactly(new Header("T", "x"));
        }
    }

    @Test
    void aBodyThatEndsEarlyIsToldFromOneThatEndsByClosing() {
        try (Peer peer = Peer.start(conversation -> {
                    conversation.request();
                    conversation.say("HTTP/1.1 200 OK\r\n" + (conversation.number() == 0 ? "Content-Length: 9\r\n" : "")
                            + "\r\nhalf");
                });
                Wire cut = Wire.connect(peer.port())) {
            assertThat(cut.send("GET / HTTP/1.1\n\n").reply().ending()).isEqualTo(Reply.Ending.CUT_SHORT);
            try (Wire closed = Wire.connect(peer.port())) {
                assertThat(closed.send("GET / HTTP/1.1\n\n").reply().ending()).isEqualTo(Reply.Ending.CLOSED);
                closed.expectClosed();
            }
        }
    }

    @Test
    void aSilentServerFailsTheTestInsteadOfHoldingItUp() {
        try (Peer peer = Peer.start(conversation -> conversation.read());
                Wire wire = Wire.connect(peer.port()).patience(Duration.ofMillis(50))) {
            assertThatThrownBy(wire::reply).isInstanceOf(AssertionError.class).hasMessageContaining("50 ms");
        }
    }

    @Test
    void aResetIsSeen() {
        try (Peer peer = Peer.start(conversation -> {
                    conversation.head();
                    conversation.reset();
                });
                Wire wire = Wire.connect(peer.port())) {
            wire.send("GET / HTTP/1.1\n\n");
            assertThat(wire.tryReply("GET")).isEmpty();
            assertThat(wire.wasReset()).isTrue();
        }
    }
}
