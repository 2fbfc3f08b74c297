package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of four programs in a row: each of its addresses is answered by the program it belongs to.
class DataserverExampleTest {
    private static final Path GUNICORN = Path.of("/usr/bin/gunicorn");
    private static final String NEITHER = "geventwebsocket_that_is_not_here";

    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    @BeforeEach
    void prepare() {
        Distribution.require();
    }

    @Test
    void theFilesAsWrittenServeTheSiteThroughAllFourPrograms() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(GUNICORN), "there is no " + GUNICORN);
        Map<String, String> words = new LinkedHashMap<>();
        words.put("8081", "" + Ports.free());
        try (Example site = new Example(scratch, "dataserver", words, List.of(443, 80, 8080))) {
            awaitApplication(site);
            assertThat(site.output()).contains("dataserver.service").contains("without sockets");
            assertEveryAddressIsAnswered(site);
            site.stop();
        }
    }

    @Test
    void withoutGunicornAndGeventItIsTheSameSite() throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("/usr/bin/gunicorn", "/usr/bin/gunicorn-that-is-not-here/gunicorn");
        words.put("geventwebsocket", NEITHER);
        try (Example site = new Example(scratch, "dataserver", words, List.of(443, 80, 8080, 8081))) {
            assertThat(site.output()).contains("gthread");
            assertEveryAddressIsAnswered(site);
            assertRequestsGetWhatIsExplained(site);
            assertThat(ask(site, 443, "GET", "/dataserver/about", "").body()).contains("\"pushes\": false");
            assertThat(ask(site, 443, "GET", "/socket.io/?EIO=4&transport=polling", "")
                            .status())
                    .isEqualTo(404);
            site.stop();
        }
    }

    private static void awaitApplication(Example site) {
        Deadline.inSeconds(60)
                .await(
                        "the application",
                        () -> ask(site, 80, "GET", "/library/", "").status() == 200);
    }

    private static void assertEveryAddressIsAnswered(Example site) {
        for (int door : List.of(443, 80)) {
            Reply page = ask(site, door, "GET", "/", "");
            assertThat(page.header("Cache-Control")).contains("max-age=2592000");
            assertThat(page.body()).contains("<h1>Library</h1>");
            assertThat(ask(site, door, "GET", "/primes/", "").body()).contains("below one hundred");
            assertThat(ask(site, door, "GET", "/.secret", "").status()).isEqualTo(403);
            assertThat(ask(site, door, "GET", "/library/roots", "").body()).contains("square root of two");
            assertThat(ask(site, door, "GET", "/search/two", "").body())
                    .contains("A prime has two divisors", "Two of them are equal");
            assertThat(ask(site, door, "GET", "/nowhere", "").body()).contains("there is nothing at /nowhere");
            assertThat(ask(site, door, "GET", "/dataserver/about", "").body()).contains("\"for\": \"127.0.0.1\"");
        }
        assertThat(ask(site, 443, "POST", "/dataserver/notes", "{\"text\": \"seen\"}")
                        .body())
                .contains("\"number\": 1");
        assertThat(ask(site, 80, "GET", "/dataserver/notes", "").body()).contains("seen");
    }

    private static void assertRequestsGetWhatIsExplained(Example site) throws IOException {
        String front = "https://localhost:" + site.port(443);
        String page = site.explained(front + "/primes/");
        assertThat(page)
                .contains("\"hop 3\"", "TLS ends here", "default_backend files", "does not hold, for \\\"/primes/\\\"")
                .contains("/index.html\"", "\"status\" : 200")
                .doesNotContain("over a socket");
        assertThat(site.explained(front + "/.secret"))
                .contains(
                        "\"status\" : " + ask(site, 443, "GET", "/.secret", "").status());
        assertThat(site.explained(front + "/library/roots"))
                .contains("\"application\" : \"dataserver\"", "generation 1 serves", "worker 1#1");
        assertThat(site.explained(front + "/nowhere")).contains("\"hop 4\"", "\"application\" : \"dataserver\"");
    }

    private static Reply ask(Example site, int door, String method, String path, String body) {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: localhost"));
        lines.add("Connection: close");
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.length());
        }
        try (Wire wire = site.connect(door)) {
            wire.sendRaw(String.join("\r\n", lines) + "\r\n\r\n" + body);
            return wire.reply(method);
        }
    }
}
