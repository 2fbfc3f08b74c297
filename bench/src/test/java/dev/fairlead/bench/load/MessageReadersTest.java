package dev.fairlead.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReadersTest {
    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void answersEndByLengthInChunksOrWithTheirHead(int step) {
        HttpReader reader = new HttpReader(false);
        String bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: r\r\n\r\n"
                + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
                + "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nConnection: close\r\n\r\n";
        assertThat(messages(reader, ascii(bytes), step)).isEqualTo(4);
        assertThat(reader.wrong()).isEqualTo("status 502");
        assertThat(reader.persists()).isFalse();
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void anAnswerWithoutLengthEndsWithItsConnection(int step) {
        HttpReader reader = new HttpReader(false);
        assertThat(messages(reader, ascii("HTTP/1.0 200 OK\r\n\r\nhello"), step))
                .isZero();
        assertThat(reader.endsWithConnection()).isTrue();
        assertThat(reader.wrong()).isEmpty();
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void requestsHaveFieldsAndBodies(int step) {
        HttpReader reader = new HttpReader(true);
        String bytes =
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\nHost:  y \r\n\r\n";
        assertThat(messages(reader, ascii(bytes), step)).isEqualTo(2);
        assertThat(reader.field("host")).isEqualTo("y");
        assertThat(reader.field("cookie")).isEmpty();
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 100_000})
    void messagesInFramesOfAllLengthsEnd(int step) {
        ByteBuf bytes = Unpooled.buffer();
        for (int length : new int[] {0, 5, 126, 70_000}) {
            Frames.writeHead(bytes, length, false);
            bytes.writeZero(length);
        }
        // A ping between two parts of a message ends nothing.
        bytes.writeByte(0x01).writeByte(1).writeByte('a');
        bytes.writeByte(0x89).writeByte(0);
        bytes.writeByte(0x80).writeByte(1).writeByte('b');
        assertThat(messages(new FrameReader(), bytes, step)).isEqualTo(5);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static int messages(MessageReader reader, ByteBuf bytes, int step) {
        int ended = 0;
        while (bytes.isReadable()) {
            ByteBuf piece = bytes.readSlice(Math.min(step, bytes.readableBytes()));
            while (piece.isReadable()) {
                ended += reader.read(piece) ? 1 : 0;
            }
        }
        return ended;
    }
}
