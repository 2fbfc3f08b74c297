package dev.fairlead.engine.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that must not be answered as a request, each followed by a second request that must not be answered
/// either.
class HostileRequestsTest {
    private static final String SECOND = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    /// Name, expected status, bytes.
    static final List<Arguments> REFUSED = List.of(
            refused("two hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
            refused("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
            refused("empty host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
            refused("host with a slash", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
            refused("host with a space", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
            refused("host with user", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
            refused("host with two dots", 400, "GET / HTTP/1.1\r\nHost: a..b\r\n\r\n"),
            refused("host with a bad port", 400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
            refused("host with an open bracket", 400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
            refused("two lengths", 400, post("Content-Length: 1\r\nContent-Length: 1", "x")),
            refused("differing lengths", 400, post("Content-Length: 1\r\nContent-Length: 2", "xx")),
            refused("list of lengths", 400, post("Content-Length: 1, 1", "x")),
            refused("negative length", 400, post("Content-Length: -1", "")),
            refused("signed length", 400, post("Content-Length: +1", "x")),
            refused("hexadecimal length", 400, post("Content-Length: 0x1", "x")),
            refused("empty length", 400, post("Content-Length:", "x")),
            refused("huge length", 400, post("Content-Length: 99999999999999999999", "x")),
            refused("length with blank inside", 400, post("Content-Length: 1 1", "x")),
            refused("length and coding", 400, post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
            refused("coding and length", 400, post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n")),
            refused("two codings", 400, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
            refused("unknown coding", 501, post("Transfer-Encoding: gzip", "")),
            refused("coding list", 501, post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n")),
            refused("identity coding", 501, post("Transfer-Encoding: identity", "")),
            refused("odd coding", 501, post("Transfer-Encoding: xchunked", "")),
            refused("quoted coding", 501, post("Transfer-Encoding: \"chunked\"", "")),
            refused("coding with vertical tab", 501, post("Transfer-Encoding: \u000bchunked", "")),
            refused("coding in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            refused("space before colon", 400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
            refused("tab before colon", 400, "GET / HTTP/1.1\r\nHost\t: a\r\n\r\n"),
            refused("folded line", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
            refused("folded with tab", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tb\r\n\r\n"),
            refused("leading space in head", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
            refused("no colon", 400, "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"),
            refused("no name", 400, "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n"),
            refused("bare line feed behind line", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
            refused("bare line feed behind field", 400, "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
            refused("bare line feed as end", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
            refused("bare carriage return in line", 400, "GET / HTTP/1.1\rHost: a\r\n\r\n"),
            refused("bare carriage return in value", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
            refused("bare carriage return in name", 400, "GET / HTTP/1.1\r\nHost: a\r\nX\r: b\r\n\r\n"),
            refused("double carriage return", 400, "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n"),
            refused("NUL in value", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),
            refused("NUL in name", 400, "GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n"),
            refused("NUL in target", 400, "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("control in name", 400, "GET / HTTP/1.1\r\nHost: a\r\nX\u0001: b\r\n\r\n"),
            refused("lower-case method", 400, "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("method with a digit", 400, "GE7 / HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("no method", 400, " / HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("tab behind method", 400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("no target", 400, "GET HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("relative target", 400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("space in target", 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("asterisk to GET", 400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("above the root", 400, "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("escaped above the root", 400, "GET /%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("escaped NUL", 400, "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("half an escape", 400, "GET /a%4 HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("bad escape", 400, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("no version", 400, "GET /\r\n\r\n"),
            refused("bad protocol", 400, "GET / HTTX/1.1\r\nHost: a\r\n\r\n"),
            refused("no minor version", 400, "GET / HTTP/1\r\nHost: a\r\n\r\n"),
            refused("long minor version", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
            refused("version 0.9", 400, "GET / HTTP/0.9\r\n\r\n"),
            refused("version 2.0", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
            refused("version 9.9", 505, "GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
            refused("preface of HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            refused("bad host in target", 400, "GET http://a..b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("user in target", 400, "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("binary", 400, "\u0016\u0003\u0001\u0002\u0000\u0001"),
            refused("long line", 414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
            refused("line that never ends", 414, "GET /" + "a".repeat(20000)),
            refused("long field", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(9000) + "\r\n\r\n"),
            refused("field that never ends", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20000)),
            refused("many fields", 400, "GET / HTTP/1.1\r\nHost: a\r\n" + "X: aaaaaaaaaa\r\n".repeat(4000) + "\r\n"),
            refused("many empty lines", 400, "\r\n".repeat(40000)));

    /// Chunked bodies that break the rules.
    static final List<Arguments> BAD_CHUNKS = List.of(
            chunks("no size", "\r\nx\r\n0\r\n\r\n"),
            chunks("bad size", "g\r\nx\r\n0\r\n\r\n"),
            chunks("negative size", "-1\r\nx\r\n0\r\n\r\n"),
            chunks("prefixed size", "0x1\r\nx\r\n0\r\n\r\n"),
            chunks("huge size", "fffffffffffffffff\r\nx\r\n0\r\n\r\n"),
            chunks("space before size", " 1\r\nx\r\n0\r\n\r\n"),
            chunks("line feed behind size", "1\nx\r\n0\r\n\r\n"),
            chunks("carriage return behind size", "1\rx\r\n0\r\n\r\n"),
            chunks("data too long", "1\r\nxx\r\n0\r\n\r\n"),
            chunks("data without line end", "1\r\nx0\r\n\r\n"),
            chunks("line feed behind data", "1\r\nx\n0\r\n\r\n"),
            chunks("line feed in extension", "1;a\nb\r\nx\r\n0\r\n\r\n"),
            chunks("NUL in extension", "1;a\0b\r\nx\r\n0\r\n\r\n"),
            chunks("long extension", "1;" + "a".repeat(2000) + "\r\nx\r\n0\r\n\r\n"),
            chunks("many extensions", "1;aaaaaaaaaaaaaaaa\r\nx\r\n".repeat(2000) + "0\r\n\r\n"),
            chunks("bad trailer", "0\r\nX : a\r\n\r\n"),
            chunks("folded trailer", "0\r\nX: a\r\n b\r\n\r\n"),
            chunks("line feed behind trailer", "0\r\nX: a\n\r\n"),
            chunks("endless trailer", "0\r\n" + "X: aaaaaaaaaaaaa\r\n".repeat(4000)));

    private static Arguments refused(String name, int status, String bytes) {
        return Arguments.of(name, status, bytes);
    }

    private static Arguments chunks(String name, String body) {
        return Arguments.of(name, body);
    }

    private static String post(String fields, String body) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + body;
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSED")
    void unsoundHeadsAreRefusedAndTheConnectionEnds(String name, int status, String bytes) {
        for (int step : new int[] {1, 7, Integer.MAX_VALUE}) {
            if (step == 1 && bytes.length() > 10000) {
                continue;
            }
            Answering answering = new Answering(TestSettings.DEFAULTS, Answering::hello);
            try (TestServer server = TestServer.serving(answering);
                    Wire wire = Wire.connect(server.port())) {
                wire.sendRaw(step, (bytes + SECOND).getBytes(StandardCharsets.ISO_8859_1));
                Reply reply = wire.reply("GET");
                assertThat(reply.status()).as("%s, %d at a time", name, step).isEqualTo(status);
                assertThat(reply.header("Connection")).contains("close");
                wire.expectClosed();
                assertThat(answering.asked()).hasSize(1).first().asString().startsWith("refused");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("BAD_CHUNKS")
    void unsoundChunksAreRefusedAndTheConnectionEnds(String name, String body) {
        String bytes = post("Transfer-Encoding: chunked", body) + SECOND;
        for (int step : new int[] {1, 7, Integer.MAX_VALUE}) {
            if (step == 1 && bytes.length() > 10000) {
                continue;
            }
            Answering answering = new Answering(TestSettings.DEFAULTS, Answering::echo);
            try (TestServer server = TestServer.serving(answering);
                    Wire wire = Wire.connect(server.port())) {
                wire.sendRaw(step, bytes.getBytes(StandardCharsets.ISO_8859_1));
                Reply reply = wire.reply("POST");
                assertThat(reply.status()).as("%s, %d at a time", name, step).isEqualTo(400);
                wire.expectClosed();
                assertThat(answering.asked()).containsExactly("POST /");
            }
        }
    }

    static Stream<String> whole() {
        return Stream.of(
                "GET /a?b HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n",
                post("Content-Length: 5", "hello"),
                post("Transfer-Encoding: chunked", "3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void requestsCutOffAnywhereLeaveNothingBehind(String bytes) {
        Answering answering = new Answering(TestSettings.DEFAULTS, Answering::echo);
        try (TestServer server = TestServer.serving(answering)) {
            for (int length = 0; length < bytes.length(); length++) {
                try (Wire wire = Wire.connect(server.port())) {
                    wire.sendRaw(bytes.substring(0, length)).finish();
                    wire.rest();
                }
            }
            try (Wire wire = Wire.connect(server.port())) {
                wire.sendRaw(bytes).expectStatus(200);
                assertThat(server.counters().reading()).isZero();
                assertThat(server.counters().active()).isLessThanOrEqualTo(2);
            }
        }
    }
}
