package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The example of four applications, on every kind of machine its README speaks of.
class AirbnbExampleTest {
    private static final String GUNICORN = "/usr/bin/gunicorn";
    private static final String NOWHERE = "/usr/bin/gunicorn-that-is-not-here/gunicorn";
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");

    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    /// A kind of machine.
    enum Machine {
        WITH_ALL(GUNICORN, true),
        WITHOUT_GUNICORN(NOWHERE, true),
        WITHOUT_FLASK(GUNICORN, false),
        WITH_NEITHER(NOWHERE, false),
        ADOPTING(GUNICORN, true, "--adopt"),
        ADOPTING_OVER_SOCKETS(GUNICORN, false, "--adopt", "--no-link");

        private final String gunicorn;
        private final boolean hasFlask;

        @SuppressWarnings("ImmutableEnumChecker") // an immutable list
        private final List<String> options;

        Machine(String gunicorn, boolean hasFlask, String... options) {
            this.gunicorn = gunicorn;
            this.hasFlask = hasFlask;
            this.options = List.of(options);
        }

        Airbnb run(Path scratch) throws IOException {
            return new Airbnb(scratch, gunicorn, hasFlask, options.toArray(String[]::new));
        }

        boolean isAdopted() {
            return !gunicorn.equals(GUNICORN) || !options.isEmpty();
        }
    }

    @BeforeEach
    void prepare() {
        Distribution.require();
    }

    @ParameterizedTest
    @EnumSource
    void everyApplicationAndFileAnswers(Machine machine) throws IOException {
        Assumptions.assumeTrue(machine.isAdopted() || Files.isExecutable(Path.of(GUNICORN)), "there is no " + GUNICORN);
        try (Airbnb site = machine.run(scratch)) {
            site.awaitAnswering();
            assertThat(site.output().contains("(running)  pid")).isEqualTo(!machine.isAdopted());
            assertThat(body(site.get("/airbnb-onepage/"))).isEqualTo("Hello HBNB!");
            assertThat(body(site.get("/airbnb-dynamic/number_odd_or_even/7"))).contains("7 is odd");
            assertThat(body(site.get("/airbnb-dynamic/number_odd_or_even/8"))).contains("8 is even");
            assertThat(site.get("/airbnb-dynamic/number_odd_or_even/eight").status())
                    .isEqualTo(404);
            assertThat(body(site.get("/api/v1/stats"))).contains("\"states\": 4", "\"places\": 7");
            assertThat(body(site.get("/api/v1/states/2/cities"))).contains("Napa", "San Francisco");
            assertThat(body(site.post("/api/v1/places_search", "{\"states\": [2], \"amenities\": [6]}")))
                    .contains("Room in the vineyard")
                    .doesNotContain("Canyon hut");
            assertThat(site.get("/api/v1/states/99").status()).isEqualTo(404);
            String page = body(site.get("/"));
            assertThat(page).contains("States and cities", machine.hasFlask ? "with Flask" : "with plain WSGI");
            assertThat(assets(page))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(asset ->
                            assertThat(site.get(asset).status()).as(asset).isEqualTo(200));
            assertLogged(site);
        }
        assertThat(scratch.resolve("gunicorn.pid")).doesNotExist();
    }

    private static void assertLogged(Airbnb site) throws IOException {
        assertThat(Files.readString(site.written("-access.log")))
                .containsPattern("127\\.0\\.0\\.1 - - \\[\\d\\d/\\w+/\\d{4}:[^]]+] \"GET / HTTP/1\\.0\" 200 \\d+ ");
        assertThat(Files.readString(site.written("-error.log")))
                .contains(
                        "[INFO] Listening at: http://127.0.0.1:",
                        "[INFO] Using worker: sync",
                        "Booting worker with pid");
        assertThat(Files.readString(site.written(".pid"))).matches("\\d+\\n");
    }

    @Test
    void thePageRendersWithoutAnErrorInTheConsole() throws IOException {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Distribution.installed(name).stream())
                .findFirst();
        Assumptions.assumeTrue(chromium.isPresent(), "there is no chromium to render it with");
        try (Airbnb site = Machine.WITH_NEITHER.run(scratch)) {
            ProcessUnderTest browser = ProcessUnderTest.start(
                    scratch,
                    chromium.orElseThrow().toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--user-data-dir=" + scratch.resolve("browser"),
                    "--enable-logging=stderr",
                    "--virtual-time-budget=10000",
                    "--dump-dom",
                    "http://127.0.0.1:" + site.port + "/");
            assertThat(browser.awaitExit(Deadline.inSeconds(60)))
                    .as(browser::output)
                    .isZero();
            String shown = browser.output();
            assertThat(shown.lines().filter(line -> line.contains(":CONSOLE")).toList())
                    .isEmpty();
            assertThat(shown)
                    .as("the script ran, the API answered, and what it said is on the page")
                    .contains("class=\"available\"", "<h2>Net loft</h2>", "Cable TV");
        }
    }

    private static String body(Reply reply) {
        assertThat(reply.status()).as(reply::body).isEqualTo(200);
        return reply.body();
    }

    private static List<String> assets(String page) {
        return ASSET.matcher(page)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
