package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Conversation;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReadingTest {
    private static final String ASKING = "GET / HTTP/1.1\nHost: site\n\n";

    /// Answers every request with these bytes, a few at a time, and keeps the connection.
    private static Peer saying(int step, String answer) {
        return Peer.start(conversation -> {
            while (conversation.request().isPresent()) {
                say(conversation, step, answer);
            }
        });
    }

    /// Answers once and ends the connection.
    private static Peer sayingOnce(int step, String answer) {
        return Peer.start(conversation -> {
            conversation.request();
            say(conversation, step, answer);
        });
    }

    private static void say(Conversation conversation, int step, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += step) {
            int count = Math.min(step, bytes.length - from);
            conversation.say(Arrays.copyOfRange(bytes, from, from + count));
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void lengthEndsTheBodyAndTheConnectionIsKept(int step) {
        try (Peer peer = saying(step, "HTTP/1.1 201 Made\r\nContent-Length: 11\r\nX-A:b\r\n\r\nhello world");
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                Reply reply = wire.send(ASKING).reply();
                assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 201 Made");
                assertThat(reply.header("X-A")).hasValue("b");
                assertThat(reply.body()).isEqualTo("hello world");
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void chunksArePutTogether(int step) {
        String chunks = "5;x=y\r\nhello\r\n1\r\n \r\n005\r\nworld\r\n0\r\nX-Trailer: 1\r\n\r\n";
        try (Peer peer = saying(step, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                Reply reply = wire.send(ASKING).reply();
                assertThat(reply.body()).isEqualTo("hello world");
                assertThat(reply.chunked()).isTrue();
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void endOfConnectionEndsTheBodyOfAnOldServer(int step) {
        try (Peer peer = sayingOnce(step, "HTTP/1.0 200 OK\nX-Old: yes\n\nhello world");
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                Reply reply = wire.send(ASKING).reply();
                assertThat(reply.body()).isEqualTo("hello world");
                assertThat(reply.header("X-Old")).hasValue("yes");
            }
            assertThat(peer.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void interimAnswersComeBeforeTheFinalOne(int step) {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
        try (Peer peer = saying(step, interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            Reply reply = wire.send(ASKING).reply();
            assertThat(reply.interim()).hasSize(1);
            assertThat(reply.interim().getFirst().status()).isEqualTo(103);
            assertThat(reply.interim().getFirst().header("Link")).hasValue("</a.css>");
            assertThat(reply.body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD,200,11", "GET,304,11", "GET,204,"})
    void answersWithoutABodyLeaveTheConnectionInOrder(String method, int status, String length) {
        String field = length == null ? "" : "Content-Length: " + length + "\r\n";
        try (Peer peer = saying(4096, "HTTP/1.1 " + status + " X\r\n" + field + "\r\n");
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                Reply reply = wire.send(method + " / HTTP/1.1\nHost: site\n\n").reply(method);
                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.body()).isEmpty();
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nContent-Length: 5\\r\\n\\r\\nhello | duplicate header line",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | at the same time",
                "HTTP/1.1 200 OK\\r\\nContent-Length: +5\\r\\n\\r\\nhello | invalid \"Content-Length\"",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 5x\\r\\n\\r\\nhello | invalid \"Content-Length\"",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip, chunked\\r\\n\\r\\n | unknown \"Transfer-Encoding\"",
                "HTTP/1.1 200 OK\\r\\nA b: c\\r\\n\\r\\n | upstream sent invalid header",
                "HTTP/1.1 200 OK\\r\\nA : c\\r\\n\\r\\n | upstream sent invalid header",
                "HTTP/1.1 200 OK\\r\\n folded\\r\\n\\r\\n | upstream sent invalid header",
                "HTTP/1.1 200 OK\\r\\nA: b\\rc\\r\\n\\r\\n | upstream sent invalid header",
                "HTTP/1.1 20 OK\\r\\n\\r\\n | upstream sent no valid HTTP/1.0 header",
                "HTTP/2.0 200 OK\\r\\n\\r\\n | upstream sent no valid HTTP/1.0 header",
                "<html>hello</html> | upstream sent no valid HTTP/1.0 header",
                "HTTP/1.1 101 Switching Protocols\\r\\n\\r\\n | without being asked",
            })
    void unsoundHeadIsABadGateway(String answer, String complaint) {
        String bytes = answer.replace("\\r", "\r").replace("\\n", "\n");
        try (Peer peer = saying(4096, bytes);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            wire.send(ASKING).expectStatus(502);
            assertThat(proxy.reports()).anySatisfy(line -> assertThat(line).contains(complaint));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n", "\r\n", "5;", "ffffffffffffffffff\r\n"})
    void unsoundChunksAreCutShort(String chunks) {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
        try (Peer peer = sayingOnce(4096, head + chunks);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            Reply reply = wire.send(ASKING).reply();
            assertThat(reply.body()).startsWith("abc");
            assertThat(reply.ending()).isEqualTo(Reply.Ending.CUT_SHORT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 20, 40, 60})
    void endInTheMiddleOfTheHeadIsABadGateway(int count) {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Some: field\r\nX-Other: field\r\n\r\nhello";
        try (Peer peer = sayingOnce(4096, answer.substring(0, count));
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            wire.send(ASKING).expectStatus(502);
            assertThat(proxy.reports().getFirst())
                    .isEqualTo("upstream prematurely closed connection while reading response header from upstream");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endInTheMiddleOfTheBodyIsShownToTheClient(boolean buffering) {
        try (Peer peer = sayingOnce(4096, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.responseBuffering = buffering;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                Reply reply = wire.send(ASKING).reply();
                assertThat(reply.body()).isEqualTo("hello");
                assertThat(reply.ending()).isEqualTo(Reply.Ending.CUT_SHORT);
                assertThat(proxy.reports().getFirst())
                        .isEqualTo("upstream prematurely closed connection while reading upstream");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 4096, 5000})
    void headLargerThanTheBufferIsABadGateway(int size) {
        String answer = "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(size) + "\r\nContent-Length: 2\r\n\r\nok";
        try (Peer peer = saying(4096, answer);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            wire.send(ASKING).expectStatus(size < 4000 ? 200 : 502);
        }
    }

    /// Whoever asks again before they come takes them for the next answer: nothing in HTTP/1 tells otherwise.
    @ParameterizedTest
    @ValueSource(ints = {1, 4096})
    void bytesBehindTheAnswerEndTheConnectionAndReachNobody(int step) {
        String surplus = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nsecret";
        AtomicInteger ended = new AtomicInteger();
        Peer.Script script = conversation -> {
            try {
                while (conversation.request().isPresent()) {
                    say(conversation, step, surplus);
                }
            } finally {
                ended.incrementAndGet();
            }
        };
        try (Peer peer = Peer.start(script);
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            for (int i = 1; i <= 3; i++) {
                int asked = i;
                assertThat(wire.send(ASKING).reply().body()).isEqualTo("hello");
                Deadline.inSeconds(60).await("the connection to be given up", () -> ended.get() == asked);
            }
        }
    }
}
