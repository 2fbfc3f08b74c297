package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http.Program;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.ErrorPages.Shown;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorPagesTest {
    private static final Shown ORIGINAL = new Shown.Original();

    private static ErrorPages pages(boolean recursive, ErrorPages.Page... pages) {
        return new ErrorPages(List.of(pages), recursive, true);
    }

    private static ErrorPages.Page page(int status, Shown shown, String target) {
        return new ErrorPages.Page(Set.of(status), shown, Written.text(target), Written.HERE);
    }

    private static Reply ask(TestHost host, String method, String target) {
        try (TestServer server = host.serve()) {
            return Asked.send(server, method, target, "Host: a.example");
        }
    }

    @Test
    void theBuiltInPageIsThatOfNginxButForTheName() {
        Reply reply = ask(TestHost.named("a").at("/", answer(403)), "GET", "/");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Content-Type")).contains("text/html");
        assertThat(reply.body())
                .isEqualTo("<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n"
                        + "<center><h1>403 Forbidden</h1></center>\r\n<hr><center>" + Program.NAME
                        + "</center>\r\n</body>\r\n</html>\r\n");
    }

    @Test
    void chromeGetsAPaddedPage() {
        TestHost host = TestHost.named("a").at("/", answer(403));
        try (TestServer server = host.serve()) {
            String plain = Asked.get(server, "/").body();
            String padded =
                    Asked.get(server, "/", "User-Agent: Mozilla/5.0 Chrome/1").body();
            assertThat(padded).startsWith(plain).hasSizeGreaterThan(512);
        }
    }

    @Test
    void aStatusWithoutAPageHasAnEmptyBody() {
        Reply reply = ask(TestHost.named("a").at("/", answer(422)), "GET", "/");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("Content-Type")).isEmpty();
    }

    @Test
    void someErrorsEndTheConnection() {
        TestHost host = TestHost.named("a").at("/bad", answer(400)).at("/gone", answer(404));
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/bad").header("Connection")).contains("close");
            assertThat(Asked.get(server, "/gone").header("Connection")).contains("keep-alive");
        }
    }

    @Test
    void noAnswerClosesTheConnection() {
        TestHost host = TestHost.named("a").at("/", answer(444));
        try (TestServer server = host.serve();
                Wire wire = Wire.connect(server.port())) {
            wire.send("GET / HTTP/1.1\nHost: a\n\n");
            assertThat(wire.tryReply("GET")).isEmpty();
        }
    }

    @Test
    void anErrorKeepsItsStatusWhileItsPageIsShown() {
        TestHost host = TestHost.named("a")
                .with(pages(false, page(404, ORIGINAL, "/page?u=$uri")))
                .at("/", answer(404))
                .internal("/page", answer(200, "$request_method $uri $args"));
        assertThat(ask(host, "GET", "/x").status()).isEqualTo(404);
        assertThat(ask(host, "POST", "/x").body()).isEqualTo("GET /page u=/x");
    }

    @Test
    void anotherStatusOrThatOfThePageCanBeShown() {
        TestHost host = TestHost.named("a")
                .with(pages(
                        false,
                        page(404, new Shown.Fixed(200), "/page"),
                        page(403, new Shown.OfPage(), "/made"),
                        page(402, new Shown.Fixed(301), "http://b.example/"),
                        page(405, ORIGINAL, "http://b.example/")))
                .at("/404", answer(404))
                .at("/403", answer(403))
                .at("/402", answer(402))
                .at("/405", answer(405))
                .at("/page", answer(200, "page"))
                .at("/made", answer(201, "made"));
        assertThat(ask(host, "GET", "/404").status()).isEqualTo(200);
        assertThat(ask(host, "GET", "/403").status()).isEqualTo(201);
        assertThat(ask(host, "GET", "/402").status()).isEqualTo(301);
        Reply found = ask(host, "GET", "/405");
        assertThat(found.status()).isEqualTo(302);
        assertThat(found.header("Location")).contains("http://b.example/");
    }

    @Test
    void aNamedLocationKeepsMethodAndPath() {
        TestHost host = TestHost.named("a")
                .with(pages(false, page(404, new Shown.Fixed(200), "@other")))
                .at("/", answer(404))
                .at("@other", answer(200, "$request_method $uri"));
        Reply reply = ask(host, "PUT", "/x");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("PUT /x");
    }

    @Test
    void anErrorInAnErrorPageIsShownPlainlyUnlessRecursionIsOn() {
        ErrorPages.Page first = page(404, ORIGINAL, "/first");
        ErrorPages.Page second = page(403, ORIGINAL, "/second");
        TestHost plain = TestHost.named("a")
                .with(pages(false, first, second))
                .at("/", answer(404))
                .at("/first", answer(403))
                .at("/second", answer(200, "second"));
        TestHost recursive = TestHost.named("a")
                .with(pages(true, first, second))
                .at("/", answer(404))
                .at("/first", answer(403))
                .at("/second", answer(200, "second"));
        assertThat(ask(plain, "GET", "/").body()).contains("403 Forbidden");
        assertThat(ask(recursive, "GET", "/").body()).isEqualTo("second");
    }

    @Test
    void pagesThatLeadInACircleEnd() {
        TestHost host = TestHost.named("a")
                .with(pages(true, page(404, ORIGINAL, "/again")))
                .at("/", answer(404));
        assertThat(ask(host, "GET", "/").status()).isEqualTo(500);
    }

    @Test
    void aMissingNamedLocationIsAnError() {
        TestHost host = TestHost.named("a")
                .with(pages(false, page(404, ORIGINAL, "@nowhere")))
                .at("/", answer(404));
        assertThat(ask(host, "GET", "/").status()).isEqualTo(500);
    }

    @Test
    void aHeadOfARefusedRequestHasNoBody() {
        try (TestServer server = TestHost.named("a").at("/", answer(200, "x")).serve();
                Wire wire = Wire.connect(server.port())) {
            wire.send("HEAD /%zz HTTP/1.1\nHost: a\n\n");
            Reply reply = wire.reply("HEAD");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEmpty();
            assertThat(wire.rest()).isEmpty();
        }
    }
}
