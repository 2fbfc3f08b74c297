package dev.fairlead.engine.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The PROXY protocol, versions 1 and 2, in front of requests.
class ProxyHeaderTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static TestServer serving() {
        Answering answering = new Answering(TestSettings.DEFAULTS, ProxyHeaderTest::tell);
        return TestServer.serving(new ListenerSlot.Service(answering, Optional.empty(), true, Map.of()));
    }

    private static void tell(Exchange exchange) {
        Optional<Peer> client = exchange.connection().proxiedClient();
        Optional<Peer> server = exchange.connection().proxiedServer();
        Answering.text(
                exchange,
                client.map(ProxyHeaderTest::shown).orElse("-") + " "
                        + server.map(ProxyHeaderTest::shown).orElse("-"));
    }

    private static String shown(Peer peer) {
        return peer.text() + "/" + peer.port();
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 198.51.100.2 1234 80, 192.0.2.1/1234 198.51.100.2/80",
        "PROXY TCP6 2001:db8::1 2001:db8::2 65535 0, 2001:db8::1/65535 2001:db8::2/0",
        "PROXY UNKNOWN, - -",
        "PROXY UNKNOWN whatever it says, - -",
    })
    void linesNameClientAndServer(String line, String told) {
        for (int step : new int[] {1, 7, Integer.MAX_VALUE}) {
            try (TestServer server = serving();
                    Wire wire = Wire.connect(server.port())) {
                wire.sendRaw(step, (line + "\r\n" + GET).getBytes(StandardCharsets.ISO_8859_1));
                assertThat(wire.reply("GET").body()).isEqualTo(told);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2111000cc0000201c633640204d20050, 192.0.2.1/1234 198.51.100.2/80",
        "2111000fc0000201c633640204d20050aabbcc, 192.0.2.1/1234 198.51.100.2/80",
        "20000000, - -",
        "21000000, - -",
    })
    void binaryHeadersNameClientAndServer(String hexadecimal, String told) {
        byte[] header = HexFormat.of().parseHex(SIGNATURE + hexadecimal);
        String bytes = new String(header, StandardCharsets.ISO_8859_1) + GET;
        for (int step : new int[] {1, 7, Integer.MAX_VALUE}) {
            try (TestServer server = serving();
                    Wire wire = Wire.connect(server.port())) {
                wire.sendRaw(step, bytes.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(wire.reply("GET").body()).isEqualTo(told);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 1234\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 1234 65536\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 01 80\r\n",
                "PROXY TCP4 192.0.2.256 198.51.100.2 1 80\r\n",
                "PROXY TCP4 2001:db8::1 198.51.100.2 1 80\r\n",
                "PROXY TCP5 192.0.2.1 198.51.100.2 1 80\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 1 80\n",
                "PROXY TCP4  192.0.2.1 198.51.100.2 1 80\r\n",
                "\r\n\r\n\0\r\nQUIT\n1\u0011\0\u000c"
            })
    void anythingElseEndsTheConnection(String bytes) {
        try (TestServer server = serving();
                Wire wire = Wire.connect(server.port())) {
            wire.sendRaw(bytes + GET).expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {108, 5000})
    void linesThatAreTooLongEndTheConnection(int length) {
        try (TestServer server = serving();
                Wire wire = Wire.connect(server.port())) {
            wire.sendRaw("PROXY UNKNOWN " + "x".repeat(length)).expectClosed();
        }
    }
}
