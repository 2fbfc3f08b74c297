package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every example with a hop inside answers the same bytes with `--no-link` and without.
class LinkedExamplesTest {
    private static final String UPGRADE = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String WHOLE = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir(factory = ForEverybody.class)
    private Path scratch;

    /// An example, where clients come in, and paths with something to see; those behind a `~` show the number
    /// of a process.
    enum Site {
        HELLO("hello", List.of(80, 5000), List.of(80), "~/you", "/static/hello.css", "/static/none"),
        AIRBNB(
                "airbnb",
                List.of(80, 5000, 5001, 5002, 5003),
                List.of(80),
                "/airbnb-onepage/",
                "~/",
                "/airbnb-dynamic/number_odd_or_even/7",
                "/airbnb-dynamic/number_odd_or_even/eight",
                "/api/v1/stats",
                "/api/v1/states/99"),
        DATASERVER(
                "dataserver",
                List.of(443, 80, 8080, 8081),
                List.of(443, 80),
                "/",
                "/primes/",
                "/page.js",
                "/.hidden",
                "~/dataserver/about",
                "/dataserver/notes?since=x",
                "/library/roots",
                "/search/two",
                "/nowhere"),
        DATASERVER_WITH_POUND(
                "dataserver/pound",
                List.of(443, 80, 8080, 8081),
                List.of(443, 80),
                "/",
                "/page.js",
                "~/dataserver/about",
                "/library/",
                "/search/two",
                "/nowhere");

        private final String folder;

        @SuppressWarnings("ImmutableEnumChecker") // an immutable list
        private final List<Integer> ports;

        @SuppressWarnings("ImmutableEnumChecker") // an immutable list
        private final List<Integer> doors;

        @SuppressWarnings("ImmutableEnumChecker") // an immutable list
        private final List<String> paths;

        Site(String folder, List<Integer> ports, List<Integer> doors, String... paths) {
            this.folder = folder;
            this.ports = ports;
            this.doors = doors;
            this.paths = List.of(paths);
        }

        List<String> steady() {
            return paths.stream().filter(path -> !path.startsWith("~")).toList();
        }

        List<String> varying() {
            return paths.stream()
                    .filter(path -> path.startsWith("~"))
                    .map(path -> path.substring(1))
                    .toList();
        }
    }

    @BeforeEach
    void prepare() {
        Distribution.require();
    }

    @ParameterizedTest
    @EnumSource
    void clientsSeeTheSameBytesWithAndWithoutSocketsBetween(Site site) throws IOException {
        String linked = told(site, "linked", "--adopt");
        assertThat(told(site, "apart", "--adopt", "--no-link")).isEqualTo(linked);
        assertThat(linked).contains("HTTP/1.1 200 OK").containsIgnoringCase("HTTP/1.1 404 Not Found");
    }

    private String told(Site site, String folder, String... options) throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        Path logs = scratch.resolve(folder + "-log");
        words.put("/tmp/airbnb", logs.toString());
        try (Example example = new Example(scratch.resolve(folder), site.folder, words, site.ports, options)) {
            assertThat(example.output().contains("without sockets")).isEqualTo(options.length == 1);
            StringBuilder told = new StringBuilder();
            for (int door : site.doors) {
                told.append(keptConnection(example, site, door));
                for (String path : site.varying()) {
                    told.append(single(example, door, WHOLE.formatted(path)));
                }
                told.append(single(example, door, "GET " + site.steady().getFirst() + " HTTP/1.0\r\n\r\n"));
                told.append(single(example, door, "GET / HTTP/1.1\r\n\r\n"));
                told.append(single(example, door, "NONSENSE\r\n\r\n"));
                told.append(single(example, door, UPGRADE));
            }
            example.stop();
            return neutral(example.neutral(told.toString()));
        }
    }

    /// All paths one after another on one connection, each asked for in several ways.
    private static String keptConnection(Example example, Site site, int door) {
        try (Wire wire = example.connect(door)) {
            for (String path : site.steady()) {
                String request = WHOLE.formatted(path);
                ask(wire, request, "GET");
                ask(wire, request.replace("GET", "HEAD"), "HEAD");
                ask(wire, request.replace("\r\n\r\n", "\r\nRange: bytes=2-9\r\n\r\n"), "GET");
                ask(wire, request.replace("\r\n\r\n", "\r\nAccept-Encoding: gzip\r\n\r\n"), "GET");
                ask(wire, request.replace("\r\n\r\n", "\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n"), "GET");
                String body = "{\"text\": \"" + path + "\"}";
                ask(
                        wire,
                        request.replace("GET", "POST")
                                        .replace("\r\n\r\n", "\r\nContent-Length: " + body.length() + "\r\n\r\n")
                                + body,
                        "POST");
            }
            return new String(wire.received(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void ask(Wire wire, String request, String method) {
        wire.sendRaw(request);
        wire.reply(method);
    }

    /// One request on a connection of its own.
    private static String single(Example example, int door, String request) {
        try (Wire wire = example.connect(door)) {
            wire.sendRaw(request);
            String said = request.lines().findFirst().orElse("") + "\n";
            return said + wire.tryReply("GET").map(LinkedExamplesTest::text).orElse("closed") + "\n";
        }
    }

    private static String text(Reply reply) {
        return reply.statusLine()
                + reply.headers().toString().replaceAll("(?i)(Content-Length): \\d+", "$1: N")
                + reply.body();
    }

    private static String neutral(String text) {
        // Flask names methods in an order that differs from process to process.
        return text.replaceAll("Allow: [^\r\n]*", "Allow: some")
                .replaceAll("(?i)(Date|Expires): [^\r\n,]*, [^\r\n,\\]]*", "$1: then")
                .replaceAll("\"worker\": \\d+", "\"worker\": N")
                .replaceAll("Worker \\d+ has answered \\d+", "Worker N")
                .replaceAll("(?i)(process|worker|pid) \\d+", "$1 N");
    }
}
