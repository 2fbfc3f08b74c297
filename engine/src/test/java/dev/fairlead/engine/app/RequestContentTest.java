package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakWatch.class)
class RequestContentTest {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private static String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append(i).append(',');
        }
        return text.substring(0, length);
    }

    private static String posting(int length) {
        return "POST / HTTP/1.1\nHost: h\nContent-Length: " + length + "\n\n";
    }

    @ParameterizedTest(name = "{0} bytes at a time, whole: {1}")
    @CsvSource({"1, true", "7, true", "4096, true", "1, false", "7, false", "4096, false"})
    void smallBodiesArriveHoweverTheyAreSent(int step, boolean isWhole) {
        try (ContentServer server = ContentServer.taking(isWhole);
                Wire wire = server.connect()) {
            for (String body : new String[] {"x", "hello world", text(300)}) {
                wire.send(step, posting(body.length()) + body);
                ContentServer.Sent sent = server.next();
                assertThat(sent.all(100)).isEqualTo(body);
                sent.finish("ok");
                assertThat(wire.reply().body()).isEqualTo("ok");
            }
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time, whole: {1}")
    @CsvSource({"1, true", "7, true", "4096, true", "1, false", "7, false", "4096, false"})
    void chunksArriveAsOneBody(int step, boolean isWhole) {
        try (ContentServer server = ContentServer.taking(isWhole);
                Wire wire = server.connect()) {
            wire.send(step, """
                    POST / HTTP/1.1
                    Host: h
                    Transfer-Encoding: chunked

                    3
                    one
                    5
                    three
                    0

                    """);
            ContentServer.Sent sent = server.next();
            assertThat(sent.all(4)).isEqualTo("onethree");
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {65_536, 65_537, 200_000, 262_144, 262_145, 3_000_000})
    void wholeBodiesAreAllThereBeforeTheRequestIsSent(int length) {
        String body = text(length);
        try (ContentServer server = ContentServer.taking(true);
                Wire wire = server.connect()) {
            wire.send(posting(length));
            wire.sendRaw(Integer.MAX_VALUE, body.substring(1).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(server.hasNothingToSend()).isTrue();
            wire.sendRaw(1, body.substring(length - 1).getBytes(StandardCharsets.ISO_8859_1));
            ContentServer.Sent sent = server.next();
            String expected = body.substring(1) + body.substring(length - 1);
            assertThat(sent.all(Integer.MAX_VALUE).equals(expected)).isTrue();
            assertThat(sent.rewind()).isTrue();
            assertThat(sent.all(50_000).equals(expected)).isTrue();
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void aLargeBodyIsHeldOutsideOfMemory() {
        byte[] piece = new byte[1 << 20];
        int pieces = 96;
        try (ContentServer server = ContentServer.taking(true);
                Wire wire = server.connect()) {
            wire.send("POST / HTTP/1.1\nHost: h\nContent-Length: " + (long) pieces * piece.length + "\n\n");
            for (int i = 0; i < pieces; i++) {
                wire.sendRaw(Integer.MAX_VALUE, piece);
            }
            ContentServer.Sent sent = server.next();
            ByteBufAllocatorMetric memory = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
            assertThat(memory.usedDirectMemory()).isLessThan(48L << 20);
            assertThat(sent.inline()).isEmpty();
            sent.ask(Integer.MAX_VALUE);
            assertThat(sent.answer()).hasSize("more ".length() + RequestContent.PIECE_BYTES);
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void aRequestWithoutBodyIsSentAtOnceAndAsksInVain() {
        try (ContentServer server = ContentServer.taking(true);
                Wire wire = server.connect()) {
            wire.send("GET / HTTP/1.1\nHost: h\n\n");
            ContentServer.Sent sent = server.next();
            assertThat(sent.inline()).isEmpty();
            assertThat(sent.isInlineAll()).isTrue();
            sent.ask(10);
            assertThat(sent.answer()).isEqualTo("last ");
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void streamedBodiesAreGivenWhenTheyCome() {
        try (ContentServer server = ContentServer.taking(false);
                Wire wire = server.connect()) {
            wire.send(posting(9) + "one");
            ContentServer.Sent sent = server.next();
            assertThat(sent.inline()).isEqualTo("one");
            assertThat(sent.isInlineAll()).isFalse();
            assertThat(sent.rewind()).isTrue();
            sent.ask(100);
            assertThat(sent.hasNoAnswer()).isTrue();
            wire.sendRaw(3, "two".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(sent.answer()).isEqualTo("more two");
            assertThat(sent.rewind()).isFalse();
            wire.sendRaw(3, "six".getBytes(StandardCharsets.ISO_8859_1));
            sent.ask(2);
            assertThat(sent.answer()).isEqualTo("more si");
            sent.ask(2);
            assertThat(sent.answer()).isEqualTo("last x");
            sent.ask(2);
            assertThat(sent.answer()).isEqualTo("last ");
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void aStreamedBodyNobodyAsksForStaysWithTheClient() {
        try (ContentServer server = ContentServer.taking(false);
                Wire wire = server.connect()) {
            byte[] much = new byte[16 << 20];
            Arrays.fill(much, (byte) 'x');
            wire.send(posting(much.length));
            ContentServer.Sent sent = server.next();
            Thread sending = Thread.ofVirtual().start(() -> wire.sendRaw(Integer.MAX_VALUE, much));
            Deadline.inSeconds(60).await("a stock", () -> sent.received() >= 65_536);
            assertThat(sent.received()).isLessThan(1 << 20);
            assertThat(sent.all(262_144)).hasSize(much.length);
            Deadline.inSeconds(60).await("the client", () -> !sending.isAlive());
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void leaveToSendIsGivenWhenAStreamedBodyIsAskedFor() {
        try (ContentServer server = ContentServer.taking(false);
                Wire wire = server.connect()) {
            wire.send("POST / HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
            ContentServer.Sent sent = server.next();
            assertThat(sent.isInlineAll()).isFalse();
            sent.ask(10);
            assertThat(new String(wire.bytes(CONTINUE.length()), StandardCharsets.ISO_8859_1))
                    .isEqualTo(CONTINUE);
            wire.send("hi");
            assertThat(sent.answer()).isEqualTo("last hi");
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void leaveIsNotGivenIfNobodyAsks() {
        try (ContentServer server = ContentServer.taking(false);
                Wire wire = server.connect()) {
            wire.send("POST / HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
            server.next().finish("no");
            assertThat(wire.reply().body()).isEqualTo("no");
        }
    }

    @Test
    void leaveIsGivenAtOnceForABodyThatIsTakenInWhole() {
        try (ContentServer server = ContentServer.taking(true);
                Wire wire = server.connect()) {
            wire.send("POST / HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
            assertThat(new String(wire.bytes(CONTINUE.length()), StandardCharsets.ISO_8859_1))
                    .isEqualTo(CONTINUE);
            wire.send("hi");
            ContentServer.Sent sent = server.next();
            assertThat(sent.inline()).isEqualTo("hi");
            sent.finish("ok");
            assertThat(wire.reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void aClientThatLeavesBreaksAWholeBodyBeforeItsRequestIsSent() {
        try (ContentServer server = ContentServer.taking(true)) {
            Wire wire = server.connect();
            wire.send(posting(100) + "some");
            wire.close();
            assertThat(server.nextFailure()).isZero();
            assertThat(server.hasNothingToSend()).isTrue();
        }
    }

    @Test
    void aClientThatLeavesBreaksAStreamedBody() {
        try (ContentServer server = ContentServer.taking(false)) {
            Wire wire = server.connect();
            wire.send(posting(100) + "some");
            ContentServer.Sent sent = server.next();
            sent.inline();
            sent.ask(10);
            wire.close();
            assertThat(server.nextFailure()).isZero();
            assertThat(sent.answer()).isEqualTo("broken");
            sent.ask(10);
            assertThat(sent.answer()).isIn("gone", "broken");
            sent.release();
        }
    }

    @ParameterizedTest(name = "whole: {0}")
    @ValueSource(booleans = {true, false})
    void aChunkedBodyThatTurnsOutTooLargeIsRefused(boolean isWhole) {
        try (ContentServer server = ContentServer.taking(isWhole, 10);
                Wire wire = server.connect()) {
            wire.send("POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n6\nsecret\n");
            if (!isWhole) {
                ContentServer.Sent sent = server.next();
                assertThat(sent.inline()).isIn("secret", "");
            }
            wire.send("6\nsecret\n0\n\n").expectStatus(413);
            assertThat(server.nextFailure()).isEqualTo(413);
        }
    }

    @Test
    void anAnswerBeforeTheBodyIsCompleteEndsTheConnectionOrDropsTheRest() {
        try (ContentServer server = ContentServer.taking(false);
                Wire wire = server.connect()) {
            wire.send(posting(1000) + "some");
            server.next().finish("early");
            assertThat(wire.reply().body()).isEqualTo("early");
        }
    }
}
