package dev.fairlead.engine.app.environ;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.app.Applications;
import dev.fairlead.engine.app.EncodedRequests;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Program;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.RequestView.Underscores;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WsgiEnvironTest {
    private static final RequestView TRUSTING = Applications.trusting(true, Underscores.DROP, "");
    private static final RequestView DISTRUSTING = Applications.trusting(false, Underscores.DROP, "");

    @TempDir
    Path folder;

    private EncodedRequests serving(RequestView view) {
        return EncodedRequests.of(folder, Applications.of(WorkerKind.SYNC, view));
    }

    @Test
    void theEnvironHasEveryVariable() {
        Consumer<Exchange> fixed = exchange -> exchange.client(Peer.of(new InetSocketAddress("203.0.113.9", 4711)));
        try (EncodedRequests served =
                EncodedRequests.of(folder, Applications.of(WorkerKind.THREADS, RequestView.DEFAULT), fixed)) {
            List<String> variables = served.variables("""
                    POST /a%20b/%C3%A9?q=1&r=%20 HTTP/1.1
                    Host: shop.example:81
                    User-Agent: Mozilla/5.0
                    Content-Type: text/plain
                    Content-Length: 2
                    X-Real-Thing: caf\u00e9

                    hi""");
            assertThat(variables)
                    .containsExactly(
                            "CONTENT_LENGTH = '2'",
                            "CONTENT_TYPE = 'text/plain'",
                            "HTTP_HOST = 'shop.example:81'",
                            "HTTP_USER_AGENT = 'Mozilla/5.0'",
                            "HTTP_X_REAL_THING = 'caf\\xe9'",
                            "PATH_INFO = '/a b/\\xc3\\xa9'",
                            "QUERY_STRING = 'q=1&r=%20'",
                            "RAW_URI = '/a%20b/%C3%A9?q=1&r=%20'",
                            "REMOTE_ADDR = '203.0.113.9'",
                            "REMOTE_PORT = '4711'",
                            "REQUEST_METHOD = 'POST'",
                            "SCRIPT_NAME = ''",
                            "SERVER_NAME = '127.0.0.1'",
                            "SERVER_PORT = '" + served.port() + "'",
                            "SERVER_PROTOCOL = 'HTTP/1.1'",
                            "SERVER_SOFTWARE = '" + Program.NAME_AND_VERSION + "'",
                            "wsgi.url_scheme = 'http'",
                            "body b'hi' flags 0");
        }
    }

    @ParameterizedTest(name = "{0} is {1}, query {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | / | ''",
                "//a//b | //a//b | ''",
                "/a/../b/./c | /a/../b/./c | ''",
                "/a/%2e%2e/x | /a/../x | ''",
                "/a%2Fb%41%7e?%41 | /a/bA~ | %41",
                "/a?b?c | /a | b?c",
                "/a;v=1?b | /a;v=1 | b",
                "/a#b?c | /a | ''",
                "/a?b#c | /a | b",
                "/a:b@c | /a:b@c | ''",
                "http://h.example/p?q | /p | q",
                "http://h.example?q | '' | q",
                "http://h.example | '' | ''",
                "/+ | /+ | ''",
            })
    void thePathIsTheOneTheClientSentDecoded(String target, String path, String query) {
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            assertThat(served.variables(
                            "GET " + target + " HTTP/1.1\nHost: h.example\n\n", "PATH_INFO", "QUERY_STRING", "RAW_URI"))
                    .containsExactly(
                            "PATH_INFO = '" + path + "'",
                            "QUERY_STRING = '" + query + "'",
                            "RAW_URI = '" + target + "'");
        }
    }

    @Test
    void aPathThatRulesReplacedIsPassedAsItIsNow() {
        Consumer<Exchange> rule = exchange -> {
            exchange.path("/new%20/\u00e9");
            exchange.query("n=1");
        };
        try (EncodedRequests served =
                EncodedRequests.of(folder, Applications.of(WorkerKind.SYNC, RequestView.DEFAULT), rule)) {
            assertThat(served.variables("GET /old?o HTTP/1.1\nHost: h\n\n", "PATH_INFO", "QUERY_STRING", "RAW_URI"))
                    .containsExactly("PATH_INFO = '/new%20/\\xe9'", "QUERY_STRING = 'n=1'", "RAW_URI = '/old?o'");
        }
    }

    @Test
    void fieldsOfOneNameAreJoinedInTheirOrderAtThePlaceOfTheFirst() {
        try (EncodedRequests served = serving(Applications.trusting(true, Underscores.DANGEROUS, ""))) {
            assertThat(served.variables("""
                            GET / HTTP/1.1
                            Host: h
                            X-A: 1
                            Cookie: a=1
                            x-a: 2
                            X_a:
                            Cookie: b=2
                            X-A: \u00fc
                            Expect: nothing

                            """, "HTTP_X_A", "HTTP_COOKIE", "HTTP_EXPECT"))
                    .containsExactly("HTTP_COOKIE = 'a=1,b=2'", "HTTP_EXPECT = 'nothing'", "HTTP_X_A = '1,2,,\\xfc'");
        }
    }

    @Test
    void thousandsOfFieldsAreWrittenEachOnce() {
        StringBuilder request = new StringBuilder("GET / HTTP/1.1\nHost: h\n");
        for (int i = 0; i < 3000; i++) {
            request.append("x").append(i % 1500).append(": ").append(i).append('\n');
        }
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            List<String> variables = served.variables(request.append('\n').toString());
            assertThat(variables.stream().filter(line -> line.startsWith("HTTP_X")))
                    .hasSize(1500);
            assertThat(variables).contains("HTTP_X7 = '7,1507'");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto: https | https",
                "X-Forwarded-Proto: http | http",
                "X-Forwarded-Proto: HTTPS | http",
                "x-forwarded-ssl: on | https",
                "X-Forwarded-Protocol: ssl | https",
                "X-Forwarded-Other: https | http",
            })
    void trustedPeersSayWhetherItWasSecure(String field, String scheme) {
        String request = "GET / HTTP/1.1\nHost: h\n" + field + "\n\n";
        try (EncodedRequests served = serving(TRUSTING)) {
            assertThat(served.variables(request, "wsgi.url_scheme"))
                    .containsExactly("wsgi.url_scheme = '" + scheme + "'");
        }
        try (EncodedRequests served = serving(DISTRUSTING)) {
            assertThat(served.variables(request, "wsgi.url_scheme")).containsExactly("wsgi.url_scheme = 'http'");
        }
    }

    @Test
    void schemesThatDisagreeAreRefusedOnlyFromTrustedPeers() {
        String request = """
                GET / HTTP/1.1
                Host: h
                X-Forwarded-Proto: https
                X-Forwarded-Ssl: off

                """;
        try (EncodedRequests trusting = serving(TRUSTING);
                EncodedRequests distrusting = serving(DISTRUSTING)) {
            assertThat(trusting.status(request)).isEqualTo(400);
            assertThat(distrusting.status(request)).isEqualTo(200);
        }
    }

    @Test
    void namesWithUnderscoresAreDroppedRefusedOrPassed() {
        String request = "GET / HTTP/1.1\nHost: h\nX_Forwarded_For: 1.2.3.4\n\n";
        try (EncodedRequests dropping = serving(TRUSTING);
                EncodedRequests refusing = serving(Applications.trusting(true, Underscores.REFUSE, ""));
                EncodedRequests passing = serving(Applications.trusting(true, Underscores.DANGEROUS, ""))) {
            assertThat(dropping.variables(request, "HTTP_X_FORWARDED_FOR")).isEmpty();
            assertThat(refusing.status(request)).isEqualTo(400);
            assertThat(passing.variables(request, "HTTP_X_FORWARDED_FOR"))
                    .containsExactly("HTTP_X_FORWARDED_FOR = '1.2.3.4'");
        }
    }

    @Test
    void trustedPeersNameTheScript() {
        String request = "GET /app/x HTTP/1.1\nHost: h\nSCRIPT_NAME: /app\n\n";
        try (EncodedRequests trusting = serving(Applications.trusting(true, Underscores.REFUSE, ""));
                EncodedRequests distrusting = serving(DISTRUSTING)) {
            assertThat(trusting.variables(request, "SCRIPT_NAME", "PATH_INFO", "HTTP_SCRIPT_NAME"))
                    .containsExactly("HTTP_SCRIPT_NAME = '/app'", "PATH_INFO = '/x'", "SCRIPT_NAME = '/app'");
            assertThat(trusting.status("GET /other HTTP/1.1\nHost: h\nSCRIPT_NAME: /app\n\n"))
                    .isEqualTo(500);
            assertThat(distrusting.variables(request, "SCRIPT_NAME", "PATH_INFO", "HTTP_SCRIPT_NAME"))
                    .containsExactly("PATH_INFO = '/app/x'", "SCRIPT_NAME = ''");
        }
    }

    @Test
    void theScriptOfTheApplicationIsTakenFromThePath() {
        try (EncodedRequests served = serving(Applications.trusting(true, Underscores.DROP, "/shop"))) {
            assertThat(served.variables("GET /shop/a%2fb HTTP/1.1\nHost: h\n\n", "SCRIPT_NAME", "PATH_INFO"))
                    .containsExactly("PATH_INFO = '/a/b'", "SCRIPT_NAME = '/shop'");
        }
    }

    @Test
    void oldClientsNeedNoHost() {
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            assertThat(served.variables("GET / HTTP/1.0\n\n", "SERVER_PROTOCOL", "HTTP_HOST", "SERVER_NAME"))
                    .containsExactly("SERVER_NAME = '127.0.0.1'", "SERVER_PROTOCOL = 'HTTP/1.0'");
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void piecesOfAHeadMakeNoDifference(int step) {
        try (EncodedRequests served = serving(RequestView.DEFAULT);
                Wire wire = Wire.connect(served.port())) {
            wire.send(step, "GET /a%20b?c HTTP/1.1\nHost: h\nX-A:  1 \nX-A:2\n\n")
                    .expectStatus(200);
            assertThat(served.shown(served.taken())).contains("HTTP_X_A = '1,2'", "PATH_INFO = '/a b'");
        }
    }

    @Test
    void probesLookLikeRequests() {
        try (EncodedRequests served = serving(RequestView.DEFAULT)) {
            ByteBuf out = Unpooled.buffer();
            RequestEncoder.of(Applications.of(WorkerKind.SYNC, RequestView.DEFAULT))
                    .probe("/health?deep=1", new ToldVariables(), out);
            assertThat(served.shown(ByteBufUtil.getBytes(out)))
                    .contains("PATH_INFO = '/health'", "QUERY_STRING = 'deep=1'", "REQUEST_METHOD = 'GET'")
                    .contains("RAW_URI = '/health?deep=1'", "REMOTE_PORT = '0'");
        }
    }
}
