package dev.fairlead.engine.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import dev.fairlead.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsePassingTest {
    private static final String ASKING = "GET / HTTP/1.1\nHost: site\n\n";
    private static final Span ORIGIN = Span.builtIn();

    private static String answer(String fields) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + fields.replace("\n", "\r\n") + "\r\nok";
    }

    private static Reply through(Proxy proxy, String fields) {
        try (Peer peer = Peer.replying(answer(fields))) {
            proxy.add(peer.port(), 1, 1).start();
            try (proxy;
                    Wire wire = proxy.connect()) {
                return wire.send(ASKING).reply();
            }
        }
    }

    @Test
    void fieldsPassButThoseThatConcernTheConnectionOrAreHidden() {
        Proxy proxy = Proxy.to();
        proxy.hide = Set.of("date", "server", "x-secret", "etag");
        Reply reply = through(
                proxy,
                "Date: then\nServer: app\nX-Secret: 1\nX-Open: 2\nETag: \"e\"\nContent-Type: text/plain\n"
                        + "Keep-Alive: timeout=9\nLast-Modified: whenever\nX-Open: 3\n");
        assertThat(reply.all("X-Open")).containsExactly("2", "3");
        assertThat(reply.header("X-Secret")).isEmpty();
        assertThat(reply.header("ETag")).isEmpty();
        assertThat(reply.header("Keep-Alive")).isEmpty();
        assertThat(reply.all("Server")).hasSize(1).doesNotContain("app");
        assertThat(reply.all("Content-Type")).containsExactly("text/plain");
        assertThat(reply.all("Last-Modified")).containsExactly("whenever");
    }

    @Test
    void serverFieldPassesWhereItIsNotHidden() {
        Proxy proxy = Proxy.to();
        proxy.hide = Set.of("date");
        assertThat(through(proxy, "Server: app/1\n").all("Server")).containsExactly("app/1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://app/x/y?z,http://site:PORT/front/y?z",
        "http://other/x,http://other/x",
        "/app/x,/app/x",
        "https://app.example/q,https://app.example/q"
    })
    void locationIsRewrittenByTheFirstRuleThatMatches(String location, String expected) {
        try (Peer peer =
                        Peer.replying("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.redirects = List.of(
                    new Forward.RedirectRewrite(
                            new Forward.Find.Text(Proxy.template("http://app/x")), Proxy.template("/front"), ORIGIN),
                    new Forward.RedirectRewrite(
                            new Forward.Find.Text(Proxy.template("http://app/")), Proxy.template("/second"), ORIGIN));
            proxy.start();
            try (Wire wire = proxy.connect()) {
                Reply reply = wire.send(ASKING).reply();
                assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 302 Found");
                assertThat(reply.header("Location").orElseThrow().replaceAll(":\\d+/", ":PORT/"))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void cookiesAreRewritten() {
        Proxy proxy = Proxy.to();
        proxy.cookieDomains = List.of(new Forward.CookieRewrite(
                new Forward.Find.Text(Proxy.template("app.local")), Proxy.template("site.example"), ORIGIN));
        proxy.cookiePaths = List.of(
                new Forward.CookieRewrite(new Forward.Find.Text(Proxy.template("/app/")), Proxy.template("/"), ORIGIN));
        Regex all = new Regex("^s", "^s", false, List.of(), 0, ORIGIN);
        proxy.cookieFlags = List.of(new Forward.CookieFlags(
                new Forward.Find.Expression(all),
                Optional.of(true),
                Optional.of(false),
                Optional.of("strict"),
                ORIGIN));
        Reply reply = through(
                proxy,
                "Set-Cookie: sid=1; Domain=.APP.local; Path=/app/x; HttpOnly\n"
                        + "Set-Cookie: other=2; domain=else.where;path=/y\n");
        assertThat(reply.all("Set-Cookie"))
                .containsExactly(
                        "sid=1; Domain=.site.example; Path=/x; Secure; SameSite=Strict",
                        "other=2; domain=else.where;path=/y");
    }

    @ParameterizedTest(name = "buffering {0}, file {1}")
    @CsvSource({"true,true", "true,false", "false,false"})
    void largeAnswerReachesASlowClientWhole(boolean buffering, boolean file) {
        int size = 6 << 20;
        String body = "0123456789abcdef".repeat(size / 16);
        AtomicBoolean isSaid = new AtomicBoolean();
        try (Peer peer = Peer.start(conversation -> {
                    while (conversation.request().isPresent()) {
                        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n" + body);
                        isSaid.set(true);
                    }
                });
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.responseBuffering = buffering;
            proxy.temporaryFileBytes = file ? 1 << 30 : 0;
            proxy.start();
            try (Wire wire = proxy.connect()) {
                wire.send(ASKING);
                if (buffering && file) {
                    Deadline.inSeconds(60).await("all of the answer is taken from the server", isSaid::get);
                }
                Reply reply = wire.reply();
                assertThat(reply.body()).isEqualTo(body);
                assertThat(wire.send(ASKING).reply().body()).hasSize(size);
                assertThat(peer.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void clientThatLeavesEndsTheConnectionToTheServer() {
        AtomicInteger ended = new AtomicInteger();
        try (Peer peer = Peer.start(conversation -> {
                    conversation.request();
                    if (conversation.read() < 0) {
                        ended.incrementAndGet();
                    }
                });
                Proxy proxy = Proxy.to(peer.port()).start()) {
            Wire wire = proxy.connect();
            wire.send(ASKING);
            Deadline.inSeconds(60)
                    .await("the request arrives", () -> !peer.requests().isEmpty());
            wire.close();
            Deadline.inSeconds(60).await("the connection ends", () -> ended.get() == 1);
            // The server may learn of it a moment before it is no longer counted.
            Deadline.inSeconds(60).await("the request is over", () -> active(proxy) == 0);
        }
    }

    private static int active(Proxy proxy) {
        return proxy.upstreams()
                .status(List.of(proxy.upstream()), Clock.system())
                .getFirst()
                .servers()
                .getFirst()
                .active();
    }

    @Test
    void serverMayFinishWithoutTheClientWhereThatIsAsked() {
        AtomicBoolean go = new AtomicBoolean();
        AtomicInteger requests = new AtomicInteger();
        try (Peer peer = Peer.start(conversation -> {
                    while (conversation.request().isPresent()) {
                        if (requests.incrementAndGet() == 1) {
                            Deadline.inSeconds(60).await("the client is gone", go::get);
                        }
                        conversation.ok("late");
                    }
                });
                Proxy proxy = Proxy.to(peer.port())) {
            proxy.ignoreClientAbort = true;
            proxy.start();
            Wire wire = proxy.connect();
            wire.send(ASKING);
            Deadline.inSeconds(60)
                    .await("the request arrives", () -> !peer.requests().isEmpty());
            wire.reset();
            try (Wire other = proxy.connect()) {
                other.send(ASKING).expectStatus(200);
                go.set(true);
                Deadline.inSeconds(60).await("the connection is free again", () -> peer.connections() == 2);
                other.send(ASKING).expectStatus(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes", "maybe"})
    void bufferingFieldIsNotShown(String value) {
        assertThat(through(Proxy.to(), "X-Accel-Buffering: " + value + "\n").header("X-Accel-Buffering"))
                .isEmpty();
    }

    @Test
    void charsetFieldSetsTheCharset() {
        Reply reply = through(Proxy.to(), "Content-Type: text/html; charset=a\nX-Accel-Charset: koi8-r\n");
        assertThat(reply.header("Content-Type")).hasValue("text/html; charset=koi8-r");
    }

    @Test
    void answerThatNamesAPathIsReplacedByWhatIsThere() {
        AtomicInteger handled = new AtomicInteger();
        try (Peer peer = Peer.start(conversation -> {
                    while (conversation.request().isPresent()) {
                        if (handled.incrementAndGet() == 1) {
                            conversation.say(
                                    answer("X-Accel-Redirect: /secret/a%20b?q=1\nSet-Cookie: c=1\nX-Other: 1\n"));
                        } else {
                            conversation.ok("secret");
                        }
                    }
                });
                Proxy proxy = Proxy.to(peer.port()).start();
                Wire wire = proxy.connect()) {
            Reply reply = wire.send(ASKING).reply();
            assertThat(reply.body()).isEqualTo("secret");
            assertThat(peer.requests().getLast().target()).isEqualTo("/secret/a%20b?q=1");
            assertThat(reply.header("Set-Cookie")).hasValue("c=1");
            assertThat(reply.header("X-Other")).isEmpty();
        }
    }
}
