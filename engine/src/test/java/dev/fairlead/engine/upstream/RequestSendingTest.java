package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Received;
import dev.fairlead.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSendingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static RequestBody body(int memoryBytes, boolean inFile) {
        return new RequestBody(1 << 24, memoryBytes, Duration.ofSeconds(60), "", inFile);
    }

    private static String chunked(String text, int size) {
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < text.length(); from += size) {
            String piece = text.substring(from, Math.min(text.length(), from + size));
            out.append(Integer.toHexString(piece.length()))
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        return out + "0\r\n\r\n";
    }

    @ParameterizedTest(name = "chunked {0}, in a file {1}, {2} bytes at a time")
    @CsvSource({
        "false,false,1",
        "false,false,7",
        "false,false,100000",
        "true,false,1",
        "true,false,7",
        "true,false,100000",
        "false,true,7",
        "true,true,100000"
    })
    void heldBodyIsSentWithItsLength(boolean chunked, boolean inFile, int step) {
        String text = "0123456789".repeat(300);
        try (Peer peer = Peer.replying(OK);
                Proxy proxy =
                        Proxy.to(peer.port()).bodySettings(body(1024, inFile)).start();
                Wire wire = proxy.connect()) {
            String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + text.length();
            wire.send("PUT /x HTTP/1.1\nHost: site\n" + framing + "\n\n");
            wire.sendRaw(step, (chunked ? chunked(text, 99) : text).getBytes(StandardCharsets.ISO_8859_1));
            wire.expectStatus(200);
            Received received = peer.requests().getFirst();
            assertThat(received.header("Content-Length")).hasValue("3000");
            assertThat(received.header("Transfer-Encoding")).isEmpty();
            assertThat(received.body()).isEqualTo(text);
            wire.send("GET / HTTP/1.1\nHost: site\n\n").expectStatus(200);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void largeBodyArrivesWhole() {
        String text = "0123456789abcdef".repeat(1 << 16);
        try (Peer peer = Peer.replying(OK);
                Proxy proxy =
                        Proxy.to(peer.port()).bodySettings(body(16384, false)).start();
                Wire wire = proxy.connect()) {
            wire.sendRaw("POST / HTTP/1.1\r\nHost: site\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
            wire.expectStatus(200);
            assertThat(peer.requests().getFirst().body()).isEqualTo(text);
            assertThat(proxy.reports()).contains("a client request body is buffered to a temporary file");
        }
    }

    @ParameterizedTest(name = "chunked {0}, {1} bytes at a time")
    @CsvSource({"false,7", "false,100000", "true,7", "true,100000"})
    void bodyIsPassedAsItComesWhereThatIsAsked(boolean chunked, int step) {
        String text = "0123456789".repeat(5000);
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.requestBuffering = false;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + text.length();
                wire.send("PUT /x HTTP/1.1\nHost: site\n" + framing + "\n\n");
                wire.sendRaw(step, (chunked ? chunked(text, 999) : text).getBytes(StandardCharsets.ISO_8859_1));
                wire.expectStatus(200);
                Received received = peer.requests().getFirst();
                assertThat(received.header("Transfer-Encoding").isPresent()).isEqualTo(chunked);
                assertThat(received.body()).isEqualTo(text);
            }
        }
    }

    @Test
    void firstPieceIsPassedBeforeTheLastOneCame() {
        try (Peer peer = Peer.start(conversation -> {
                    conversation.head();
                    conversation.read();
                    conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly");
                    conversation.read();
                });
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.requestBuffering = false;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.sendRaw("PUT /x HTTP/1.1\r\nHost: site\r\nContent-Length: 10\r\n\r\nab");
                assertThat(wire.reply().body()).isEqualTo("early");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyGoesToTheNextServerAsWell(boolean inFile) {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(Ports.free(), peer.port())
                        .bodySettings(body(4096, inFile))
                        .start();
                Wire wire = proxy.connect()) {
            wire.sendRaw("POST / HTTP/1.1\r\nHost: site\r\nContent-Length: 5\r\n\r\nhello");
            wire.expectStatus(200);
            assertThat(peer.requests().getFirst().body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyIsThereStillForAFallback(boolean inFile) {
        try (Peer bad = Peer.replying("HTTP/1.1 500 No\r\nContent-Length: 0\r\nX-Accel-Redirect: /fallback\r\n\r\n");
                Peer good = Peer.replying(OK);
                Proxy fallback = Proxy.to(good.port());
                Proxy proxy = Proxy.to(bad.port()).bodySettings(body(4096, inFile))) {
            ContentHandler second = fallback.compile();
            proxy.override = Optional.of(exchange -> {
                if (!exchange.path().equals("/fallback")) {
                    return false;
                }
                second.handle(exchange);
                return true;
            });
            proxy.start();
            try (Wire wire = proxy.connect()) {
                for (int i = 0; i < 2; i++) {
                    wire.sendRaw("POST / HTTP/1.1\r\nHost: site\r\nContent-Length: 5\r\n\r\nhello");
                    wire.expectStatus(200);
                    assertThat(good.requests().getLast().body()).isEqualTo("hello");
                }
            }
        }
    }

    @Test
    void bodyCanBeLeftOutOrReplaced() {
        try (Peer peer = Peer.replying(OK);
                Proxy without = Proxy.to(peer.port());
                Proxy replaced = Proxy.to(peer.port())) {
            without.passBody = false;
            without.start();
            replaced.body = Optional.of(Proxy.template("mine"));
            replaced.method = Optional.of(Proxy.template("PUT"));
            replaced.start();
            for (Proxy proxy : List.of(without, replaced)) {
                try (Wire wire = proxy.connect()) {
                    wire.sendRaw("POST / HTTP/1.1\r\nHost: site\r\nContent-Length: 5\r\n\r\nhello");
                    wire.expectStatus(200);
                }
            }
            assertThat(peer.requests().getFirst().header("Content-Length")).isEmpty();
            assertThat(peer.requests().getLast().method()).isEqualTo("PUT");
            assertThat(peer.requests().getLast().body()).isEqualTo("mine");
        }
    }

    @Test
    void fieldsAreSetRemovedAndReplaced() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port())
                        .field("X-Set", "yes")
                        .field("User-Agent", "")
                        .field("Accept", "a\r\nX-Smuggled: 1")
                        .start();
                Wire wire = proxy.connect()) {
            wire.send("GET / HTTP/1.1\nHost: site\nUser-Agent: me\nX-Set: no\nAccept: b\nKeep-Alive: 1\n"
                            + "Connection: keep-alive\nUpgrade: x\nExpect: nothing\nProxy-Connection: y\n\n")
                    .expectStatus(200);
            Received received = peer.requests().getFirst();
            assertThat(received.headers().stream().map(Object::toString).toList())
                    .noneMatch(line -> line.contains("Keep-Alive") || line.contains("Smuggled="));
            assertThat(received.header("X-Set")).hasValue("yes");
            assertThat(received.header("User-Agent")).isEmpty();
            assertThat(received.header("X-Smuggled")).isEmpty();
            assertThat(received.header("Upgrade")).isEmpty();
            assertThat(received.header("Connection")).isEmpty();
            assertThat(received.header("Proxy-Connection")).hasValue("y");
        }
    }

    @Test
    void clientsFieldsCanBeLeftOut() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.passFields = false;
            proxy.version = Forward.Version.HTTP_1_0;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send("GET / HTTP/1.1\nHost: site\nX-Mine: 1\n\n").expectStatus(200);
                assertThat(peer.raw()).isEqualTo("GET / HTTP/1.0\r\nHost: app\r\n\r\n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/app/x,/app/,/,/x",
        "/app/a%20b?q=%20,/app/,/new/,/new/a%20b?q=%20",
        "/app/a%2fb,/app/,/new/,/new/a/b",
        "/app/../app/./c,/app/,/,/c",
        "/app/%7Be%7D%22,/app/,/,/%7Be%7D%22",
        "/app/{e},/app/,/,/{e}",
        "/app,/app,/other,/other",
        "/app/,/app,/other,/other/"
    })
    void prefixIsReplacedInTheNormalisedPath(String asked, String prefix, String replacement, String expected) {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.path = new Forward.PathMapping.ReplacePrefix(prefix, replacement);
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send("GET " + asked + " HTTP/1.1\nHost: site\n\n").expectStatus(200);
                assertThat(peer.requests().getFirst().target()).isEqualTo(expected);
            }
        }
    }

    @Test
    void changedPathIsEncodedAgain() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.before = exchange -> exchange.path("/new path?\"%");
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send("GET /x?a=1 HTTP/1.1\nHost: site\n\n").expectStatus(200);
                assertThat(peer.requests().getFirst().target()).isEqualTo("/new%20path%3F%22%25?a=1");
            }
        }
    }

    @Test
    void tooLargeABodyNeverReachesTheServer() {
        try (Peer peer = Peer.replying(OK);
                Proxy proxy = Proxy.to(peer.port())
                        .bodySettings(new RequestBody(10, 1024, Duration.ofSeconds(5), "", false))
                        .start();
                Wire wire = proxy.connect()) {
            wire.sendRaw(
                    "POST / HTTP/1.1\r\nHost: site\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n");
            wire.expectStatus(413);
            assertThat(peer.connections()).isZero();
        }
    }
}
