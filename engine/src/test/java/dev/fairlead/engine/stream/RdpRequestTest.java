package dev.fairlead.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RdpRequestTest {
    private static final String HEADS = "\u0003\0\0,'\u00e0\0\0\0\0\0";

    private static @Nullable RdpRequest read(String text) {
        return RdpRequest.read(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aCookieIsReadOnceItIsWhole() {
        String message = HEADS + "Cookie: mstshash=AREA\\joe=x\r\n\u0001\0\u0008\0";
        int whole = message.indexOf('\n') + 1;
        for (int end = 0; end < whole; end++) {
            assertThat(read(message.substring(0, end))).as("%d bytes", end).isNull();
        }
        for (int end = whole; end <= message.length(); end++) {
            assertThat(read(message.substring(0, end))).isEqualTo(new RdpRequest("mstshash", "AREA\\joe=x"));
        }
    }

    @Test
    void whatHasNoCookieIsNotWaitedFor() {
        assertThat(read("GET / HTTP/1.1\r\n")).isEqualTo(RdpRequest.NONE);
        assertThat(read("\u0016\u0003")).isEqualTo(RdpRequest.NONE);
        assertThat(read(HEADS + "\u0001\0\u0008\0\u0003\0\0\0")).isEqualTo(RdpRequest.NONE);
        assertThat(read(HEADS + "Cookie: lonely\r\n")).isEqualTo(RdpRequest.NONE);
        assertThat(read(HEADS + "Cookie: a=b\n\r\n")).isEqualTo(RdpRequest.NONE);
    }
}
