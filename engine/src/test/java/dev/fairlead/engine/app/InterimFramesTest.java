package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterimFramesTest {
    private static Reply reply(String interim, String version) {
        Answering answering = new Answering(TestSettings.DEFAULTS, exchange -> {
            InterimFrames.pass(exchange, Unpooled.copiedBuffer(interim, StandardCharsets.ISO_8859_1));
            Answering.hello(exchange);
        });
        try (TestServer server = TestServer.serving(answering);
                Wire wire = Wire.connect(server.port())) {
            return wire.send("GET / HTTP/" + version + "\nHost: h\n\n").reply();
        }
    }

    @Test
    void earlyHintsReachTheClientBeforeTheAnswer() {
        Reply reply = reply("103 Early Hints\r\nLink: </a.css>\r\nConnection: x\r\nLink: </b.js>\r\n\r\n", "1.1");
        assertThat(reply.body()).isEqualTo("hello");
        assertThat(reply.interim()).singleElement().satisfies(hints -> {
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.all("Link")).containsExactly("</a.css>", "</b.js>");
            assertThat(hints.header("Connection")).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "100 Continue\r\n\r\n",
                "101 Switching Protocols\r\n\r\n",
                "200 OK\r\n\r\n",
                "99 X\r\n\r\n",
                "103 Early\rHints\r\n\r\n",
                "103 Early\r\nnonsense\r\n\r\n",
                ""
            })
    void whatIsNoInterimAnswerIsDropped(String head) {
        Reply reply = reply(head, "1.1");
        assertThat(reply.body()).isEqualTo("hello");
        assertThat(reply.interim()).isEmpty();
    }

    @Test
    void oldClientsGetNone() {
        assertThat(reply("103 Early Hints\r\n\r\n", "1.0").interim()).isEmpty();
    }
}
