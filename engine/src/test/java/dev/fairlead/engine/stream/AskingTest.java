package dev.fairlead.engine.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.stream.Overture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said to servers before TLS, and which answers are good enough for TLS to begin.
class AskingTest {
    private final StringBuilder told = new StringBuilder();
    private final StringBuilder outcome = new StringBuilder();

    private EmbeddedChannel ask(Overture overture) {
        return new EmbeddedChannel(new Asking(
                Talk.of(overture),
                data -> {
                    told.append(data.toString(ISO_8859_1));
                    data.release();
                },
                () -> outcome.append("TLS"),
                outcome::append));
    }

    private static void say(EmbeddedChannel server, int step, String text) {
        for (int at = 0; at < text.length(); at += step) {
            server.writeInbound(
                    Unpooled.copiedBuffer(text.substring(at, Math.min(text.length(), at + step)), ISO_8859_1));
        }
    }

    private static String heard(EmbeddedChannel server) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf data = server.readOutbound(); data != null; data = server.readOutbound()) {
            all.append(data.toString(ISO_8859_1));
            data.release();
        }
        return all.toString();
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void aMailServerIsAskedLineByLineAndItsGreetingIsPassedOn(int step) {
        EmbeddedChannel server = ask(Overture.Upgrade.SMTP);
        say(server, step, "220-mail.example\r\n220 ready\r\n");
        assertThat(heard(server)).isEqualTo("EHLO localhost\r\n");
        say(server, step, "250-mail.example\r\n250 STARTTLS\r\n");
        assertThat(heard(server)).isEqualTo("STARTTLS\r\n");
        say(server, step, "220 go\r\n");
        assertThat(told).hasToString("220-mail.example\r\n220 ready\r\n");
        assertThat(outcome).hasToString("TLS");
        assertThat(server.pipeline().get(Asking.class)).isNull();
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void aDatabaseAnswersWithOneByte(int step) {
        EmbeddedChannel server = ask(Overture.Upgrade.POSTGRESQL);
        assertThat(heard(server)).isEqualTo("\0\0\0\b\u0004\u00d2\u0016/");
        say(server, step, "S");
        assertThat(outcome).hasToString("TLS");
    }

    @Test
    void whatIsSaidBehindTheYesIsNotBelieved() {
        EmbeddedChannel server = ask(Overture.Upgrade.POP3);
        say(server, 4096, "+OK\r\n");
        say(server, 4096, "+OK go\r\n+OK 1 mail for you\r\n");
        assertThat(outcome)
                .hasToString("upstream does not go on with TLS: it said more than an answer before TLS begins");
        Object passedOn = server.readInbound();
        assertThat(passedOn).isNull();
    }

    @Test
    void aNoIsToldAndNothingIsSentInTheClear() {
        EmbeddedChannel server = ask(Overture.Upgrade.POSTGRESQL);
        heard(server);
        say(server, 1, "N");
        assertThat(outcome).hasToString("upstream does not go on with TLS: it said \"N\"");
        assertThat(heard(server)).isEmpty();
    }

    @Test
    void aLineWithoutEndIsGivenUp() {
        EmbeddedChannel server = ask(Overture.Upgrade.IMAP);
        say(server, 1000, "* OK" + "x".repeat(10_000));
        assertThat(outcome).hasToString("upstream does not go on with TLS: it said too long a line");
    }

    @Test
    void aServerThatNeverComesToAnEndIsGivenUp() {
        EmbeddedChannel server = ask(Overture.Upgrade.SMTP);
        say(server, 4096, "220-more\r\n".repeat(300));
        assertThat(outcome).hasToString("upstream does not go on with TLS: it said too many lines");
    }

    @Test
    void aProxyIsToldWhoAsksAndItsFieldsAreReadToTheirEnd() {
        EmbeddedChannel server = ask(new Overture.Tunnel("inner.example:443", Optional.of("jo:tea pot")));
        assertThat(heard(server))
                .isEqualTo("CONNECT inner.example:443 HTTP/1.1\r\nHost: inner.example:443\r\n"
                        + "Proxy-Authorization: Basic am86dGVhIHBvdA==\r\n\r\n");
        say(server, 3, "HTTP/1.0 200 Connection established\r\nVia: x\r\n");
        assertThat(outcome).isEmpty();
        say(server, 3, "\r\n");
        assertThat(outcome).hasToString("TLS");
        assertThat(told).isEmpty();
    }

    @Test
    void aTunnelDoesNotTellItsPassword() {
        assertThat(new Overture.Tunnel("a:1", Optional.of("jo:tea"))).hasToString("Tunnel[a:1]");
    }
}
