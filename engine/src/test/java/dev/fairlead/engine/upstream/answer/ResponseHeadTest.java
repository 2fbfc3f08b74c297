package dev.fairlead.engine.upstream.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {
    private static final int MOST = 4096;

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void headIsTakenOnlyWhenItsLastByteIsThere(String lineEnd) {
        String text = "HTTP/1.1 302 Found\nLocation:  /x\t\nSet-Cookie: a=b\nX-Empty:\nContent-Length: 12\n\n"
                .replace("\n", lineEnd);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        ResponseHead head = new ResponseHead();
        Fields fields = new Fields(16);
        TextCache texts = new TextCache();
        for (int count = 0; count < bytes.length; count++) {
            ByteBuf in = Unpooled.wrappedBuffer(bytes, 0, count);
            assertThat(head.read(in, fields, MOST, texts))
                    .as("%d bytes", count)
                    .isEqualTo(ResponseHead.Progress.NEEDS_MORE);
            assertThat(in.readableBytes()).isEqualTo(count);
        }
        ByteBuf in = Unpooled.wrappedBuffer(bytes, "body".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(head.read(in, fields, MOST, texts)).isEqualTo(ResponseHead.Progress.COMPLETE);
        assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("body");
        assertThat(head.status()).isEqualTo(302);
        assertThat(head.reason()).isEqualTo("Found");
        assertThat(head.contentLength()).isEqualTo(12);
        assertThat(fields.value(FieldName.LOCATION)).isEqualTo("/x");
        assertThat(fields.value(FieldName.of("X-Empty"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1024, 1025, 2048, 3000})
    void headLongerThanOnePieceIsReadWhole(int size) {
        String text = "HTTP/1.1 200 OK\r\nX-Long: " + "y".repeat(size) + "\r\nX-Last: z\r\n\r\n";
        ByteBuf in = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        Fields fields = new Fields(16);
        ResponseHead head = new ResponseHead();
        assertThat(head.read(in, fields, MOST, new TextCache())).isEqualTo(ResponseHead.Progress.COMPLETE);
        assertThat(fields.value(FieldName.of("X-Long"))).hasSize(size);
        assertThat(fields.value(FieldName.of("X-Last"))).isEqualTo("z");
        assertThat(fields.size()).isEqualTo(2);
    }
}
