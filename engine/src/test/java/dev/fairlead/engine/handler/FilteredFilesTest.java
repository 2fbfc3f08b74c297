package dev.fairlead.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.Compression.Proxied;
import dev.fairlead.model.http.FileServing.Precompressed;
import dev.fairlead.model.http.ResponseHeaders.Expiry;
import dev.fairlead.testkit.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compression, charset, expiry and added fields on files.
@ExtendWith(LeakWatch.class)
class FilteredFilesTest {
    @TempDir
    Path root;

    @BeforeEach
    void files() throws IOException {
        write("a.txt", "hello hello hello hello\n");
        write("tiny.txt", "x");
        write("a.bin", "hello hello hello hello\n");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(root.resolve(name), content);
        Files.setLastModifiedTime(root.resolve(name), FileTime.from(Instant.parse("2023-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "gzip, deflate, br|true",
                "deflate,gzip|true",
                "deflate, GZIP|true",
                "gzip;q=0.5|true",
                "gzip; q=1.000|true",
                "gzip;q=0|false",
                "gzip;q=0.0|false",
                "gzip;q=1.1|false",
                "gzip;q=2|false",
                "gzip;|true",
                "gzip ;q|false",
                "xgzip|false",
                "gzipx|false",
                "x-gzip, gzip|true",
                "*|false",
                "identity|false",
            })
    void compressionIsForThoseWhoTakeIt(String accepted, boolean compressed) throws IOException {
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(true))) {
            Reply reply = site.get("/a.txt", "Accept-Encoding: " + accepted);
            assertThat(reply.all("Vary")).containsExactly("Accept-Encoding");
            if (compressed) {
                assertThat(reply.header("Content-Encoding")).contains("gzip");
                assertThat(reply.header("ETag")).contains("W/\"63b0cd00-18\"");
                assertThat(reply.header("Accept-Ranges")).isEmpty();
                assertThat(reply.chunked()).isTrue();
                assertThat(expanded(reply)).isEqualTo("hello hello hello hello\n");
            } else {
                assertThat(reply.header("Content-Encoding")).isEmpty();
                assertThat(reply.body()).isEqualTo("hello hello hello hello\n");
            }
        }
    }

    private static String expanded(Reply reply) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.bytes()))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 1000, 65_536, 65_537, 1_000_000, 4_000_000})
    void whatIsCompressedComesBackTheSame(int size) throws IOException {
        Random random = new Random(size);
        StringBuilder text = new StringBuilder(size);
        while (text.length() < size) {
            text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(3) == 0 ? "same words again " : "");
        }
        text.setLength(size);
        write("r.txt", text.toString());
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(false))) {
            for (int i = 0; i < 2; i++) {
                assertThat(expanded(site.get("/r.txt", "Accept-Encoding: gzip")))
                        .isEqualTo(text.toString());
            }
        }
    }

    @Test
    void levelsDoNotGetInEachOthersWay() throws IOException {
        String text = "this line is repeated a number of times. ".repeat(500);
        write("l.txt", text);
        TestPlace fast = TestPlace.root(root).gzipLevel(1);
        TestPlace small = TestPlace.alias(root, "/", "/small/").gzipLevel(9);
        try (TestSite site = TestSite.of("/", fast, "/small/", small)) {
            for (int i = 0; i < 3; i++) {
                assertThat(expanded(site.get("/l.txt", "Accept-Encoding: gzip")))
                        .isEqualTo(text);
                assertThat(expanded(site.get("/small/l.txt", "Accept-Encoding: gzip")))
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void headOfACompressedResponseHasItsFields() {
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(true))) {
            Reply reply = site.request("HEAD", "/a.txt", "Accept-Encoding: gzip");
            assertThat(reply.header("Content-Encoding")).contains("gzip");
            assertThat(reply.header("Content-Length")).isEmpty();
        }
    }

    @Test
    void shortAndForeignContentIsLeftAlone() {
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(true))) {
            for (String target : new String[] {"/tiny.txt", "/a.bin"}) {
                Reply reply = site.get(target, "Accept-Encoding: gzip");
                assertThat(reply.header("Content-Encoding")).isEmpty();
                assertThat(reply.header("Vary")).isEmpty();
            }
            assertThat(site.get("/none", "Accept-Encoding: gzip").header("Content-Encoding"))
                    .contains("gzip");
        }
    }

    @Test
    void proxiedRequestsAreCompressedOnlyWhereToldTo() {
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(true))) {
            assertThat(site.get("/a.txt", "Accept-Encoding: gzip", "Via: 1.1 p").header("Content-Encoding"))
                    .isEmpty();
        }
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(true, Proxied.ANY))) {
            assertThat(site.get("/a.txt", "Accept-Encoding: gzip", "Via: 1.1 p").header("Content-Encoding"))
                    .contains("gzip");
        }
        TestPlace place = TestPlace.root(root).gzip(true, Proxied.NO_CACHE).expires(new Expiry.Epoch());
        try (TestSite site = TestSite.of(place)) {
            // Expires is looked at first, and "expired" is not among the reasons.
            assertThat(site.get("/a.txt", "Accept-Encoding: gzip", "Via: 1.1 p").header("Content-Encoding"))
                    .isEmpty();
        }
    }

    @Test
    void compressedFileIsExpandedForThoseWhoCannot() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : new String[] {"one ".repeat(20_000), "two"}) {
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(member.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        Files.write(root.resolve("g.txt.gz"), bytes.toByteArray());
        TestPlace place = TestPlace.root(root).gunzip().precompressed(Precompressed.ALWAYS);
        try (TestSite site = TestSite.of(place)) {
            Reply plain = site.get("/g.txt");
            assertThat(plain.header("Content-Encoding")).isEmpty();
            assertThat(plain.body()).isEqualTo("one ".repeat(20_000) + "two");
            assertThat(site.get("/g.txt", "Accept-Encoding: gzip").header("Content-Encoding"))
                    .contains("gzip");
        }
    }

    @Test
    void brokenCompressedFileBreaksTheAnswerOff() throws IOException {
        Files.writeString(root.resolve("bad.txt.gz"), "this is not gzip at all");
        TestPlace place = TestPlace.root(root).gunzip().precompressed(Precompressed.ALWAYS);
        try (TestSite site = TestSite.of(place)) {
            try {
                Reply reply = site.get("/bad.txt");
                assertThat(reply.ending()).isEqualTo(Reply.Ending.CUT_SHORT);
            } catch (AssertionError closedBeforeAnything) {
                assertThat(closedBeforeAnything).hasMessageContaining("the connection ended");
            }
            assertThat(site.get("/tiny.txt").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"/a.txt,text/plain; charset=utf-8", "/a.bin,application/octet-stream", "/none,text/html; charset=utf-8"
    })
    void charsetIsNamedBehindTextTypes(String target, String type) {
        try (TestSite site = TestSite.of(TestPlace.root(root).charset("utf-8"))) {
            assertThat(site.get(target).header("Content-Type")).contains(type);
        }
    }

    static Stream<Arguments> expiries() {
        return Stream.of(
                Arguments.of(new Expiry.Epoch(), "Thu, 01 Jan 1970 00:00:01 GMT", "no-cache"),
                Arguments.of(new Expiry.Max(), "Thu, 31 Dec 2037 23:55:55 GMT", "max-age=315360000"),
                Arguments.of(new Expiry.AfterNow(3600), "", "max-age=3600"),
                Arguments.of(new Expiry.AfterNow(0), "", "max-age=0"),
                Arguments.of(new Expiry.AfterNow(-1), "", "no-cache"),
                Arguments.of(new Expiry.AfterModified(60), "Sun, 01 Jan 2023 00:01:00 GMT", "no-cache"),
                Arguments.of(
                        new Expiry.Computed(TestPlace.template("max")),
                        "Thu, 31 Dec 2037 23:55:55 GMT",
                        "max-age=315360000"),
                Arguments.of(new Expiry.Computed(TestPlace.template("1h30m")), "", "max-age=5400"),
                Arguments.of(new Expiry.Computed(TestPlace.template("-5")), "", "no-cache"));
    }

    @ParameterizedTest
    @MethodSource("expiries")
    void expirySetsBothFields(Expiry expiry, String expires, String cacheControl) {
        TestPlace place = TestPlace.root(root).expires(expiry).add("Cache-Control", "public", false);
        try (TestSite site = TestSite.of(place)) {
            Reply reply = site.get("/a.txt");
            assertThat(reply.all("Cache-Control")).containsExactly(cacheControl, "public");
            assertThat(reply.header("Expires").orElseThrow()).contains(expires).endsWith(" GMT");
            assertThat(site.get("/none").header("Expires")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "", "nonsense", "1x", "@25h"})
    void computedExpiryThatIsNoneSetsNothing(String text) {
        TestPlace place = TestPlace.root(root).expires(new Expiry.Computed(TestPlace.template(text)));
        try (TestSite site = TestSite.of(place)) {
            assertThat(site.get("/a.txt").header("Expires")).isEmpty();
            assertThat(site.get("/a.txt").header("Cache-Control")).isEmpty();
        }
    }

    @Test
    void fieldsAreAddedToPlainStatusesOrToAll() {
        TestPlace place = TestPlace.root(root)
                .add("X-Some", "s-$uri", false)
                .add("X-All", "a", true)
                .add("X-Empty", "$args", true);
        try (TestSite site = TestSite.of(place)) {
            Reply found = site.get("/a.txt");
            assertThat(found.all("X-Some")).containsExactly("s-/a.txt");
            assertThat(found.all("X-All")).containsExactly("a");
            assertThat(found.all("X-Empty")).isEmpty();
            Reply missing = site.get("/none");
            assertThat(missing.all("X-Some")).isEmpty();
            assertThat(missing.all("X-All")).containsExactly("a");
        }
    }

    @Test
    void tagAndTimeAreReplacedInsteadOfAddedTo() {
        TestPlace place = TestPlace.root(root).add("ETag", "\"mine\"", false).add("Last-Modified", "", false);
        try (TestSite site = TestSite.of(place)) {
            Reply reply = site.get("/a.txt");
            assertThat(reply.all("ETag")).containsExactly("\"mine\"");
            assertThat(reply.all("Last-Modified")).isEmpty();
        }
    }

    @Test
    void trailerStandsBehindAChunkedBody() {
        TestPlace place = TestPlace.root(root).trailer("X-T", "v$uri");
        try (TestSite site = TestSite.of(place)) {
            Reply reply = site.get("/a.txt");
            assertThat(reply.chunked()).isTrue();
            assertThat(reply.body()).isEqualTo("hello hello hello hello\n");
            assertThat(reply.trailers()).hasSize(1);
            assertThat(reply.trailers().getFirst().value()).isEqualTo("v/a.txt");
            assertThat(site.request("HEAD", "/a.txt").header("Content-Length")).contains("24");
        }
    }
}
