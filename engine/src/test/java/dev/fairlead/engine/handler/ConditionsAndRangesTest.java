package dev.fairlead.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.FileServing.ModifiedSince;
import dev.fairlead.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected values were taken from nginx 1.22.
@ExtendWith(LeakWatch.class)
class ConditionsAndRangesTest {
    @TempDir
    Path root;

    @BeforeEach
    void files() throws IOException {
        for (String name : new String[] {"a.txt", "empty.txt", "big.txt"}) {
            Path file = root.resolve(name);
            Files.writeString(
                    file,
                    switch (name) {
                        case "a.txt" -> "0123456789";
                        case "big.txt" -> "0123456789".repeat(20_000);
                        default -> "";
                    });
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2023-01-01T00:00:00Z")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "If-None-Match: \"63b0cd00-a\"|304",
                "If-None-Match: W/\"63b0cd00-a\"|304",
                "If-None-Match: \"x\", \"63b0cd00-a\"|304",
                "If-None-Match: \"x\",W/\"63b0cd00-a\" , \"y\"|304",
                "If-None-Match: \"63b0cd00-ab\"|200",
                "If-None-Match: 63b0cd00-a|200",
                "If-None-Match: *|304",
                "If-Match: \"63b0cd00-a\"|200",
                "If-Match: W/\"63b0cd00-a\"|412",
                "If-Match: \"x\", \"63b0cd00-a\"|200",
                "If-Match: *|200",
                "If-Match: \"x\"|412",
                "If-Modified-Since: Sun, 01 Jan 2023 00:00:00 GMT|304",
                "If-Modified-Since: Sunday, 01-Jan-23 00:00:00 GMT|304",
                "If-Modified-Since: Sun Jan  1 00:00:00 2023|304",
                "If-Modified-Since: Sun, 01 Jan 2023 00:00:01 GMT|200",
                "If-Modified-Since: yesterday|200",
                "If-Unmodified-Since: Sun, 01 Jan 2023 00:00:00 GMT|200",
                "If-Unmodified-Since: Sat, 31 Dec 2022 23:59:59 GMT|412",
                "If-Unmodified-Since: nonsense|412",
                "If-None-Match: \"x\";;If-Modified-Since: Sun, 01 Jan 2023 00:00:00 GMT|200",
            })
    void conditionIsJudgedAsNginxDoes(String fields, int status) {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            Reply reply = site.get("/a.txt", fields.split(";;"));
            assertThat(reply.status()).isEqualTo(status);
            if (status == 304) {
                assertThat(reply.header("Content-Type")).isEmpty();
                assertThat(reply.header("Content-Length")).isEmpty();
                assertThat(reply.header("Accept-Ranges")).isEmpty();
                assertThat(reply.header("ETag")).contains("\"63b0cd00-a\"");
                assertThat(reply.header("Last-Modified")).isPresent();
            }
            if (status == 412) {
                assertThat(reply.header("ETag")).isEmpty();
                assertThat(reply.header("Last-Modified")).isEmpty();
                assertThat(reply.body()).contains("412 Precondition Failed");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BEFORE,00:00:01,304", "BEFORE,00:00:00,304", "OFF,00:00:00,200", "EXACT,00:00:01,200"})
    void comparisonOfTimesIsConfigurable(ModifiedSince comparison, String time, int status) {
        try (TestSite site = TestSite.of(TestPlace.root(root).modifiedSince(comparison))) {
            Reply reply = site.get("/a.txt", "If-Modified-Since: Sun, 01 Jan 2023 " + time + " GMT");
            assertThat(reply.status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0|206|0|bytes 0-0/10",
                "bytes=0-4|206|01234|bytes 0-4/10",
                "bytes=5-|206|56789|bytes 5-9/10",
                "bytes=-3|206|789|bytes 7-9/10",
                "bytes=-30|206|0123456789|bytes 0-9/10",
                "bytes=8-100|206|89|bytes 8-9/10",
                "bytes=8-9223372036854775807|206|89|bytes 8-9/10",
                "Bytes=1-1|206|1|bytes 1-1/10",
                "bytes= 1 - 1 |206|1|bytes 1-1/10",
                "bytes=20-30,1-1|206|1|bytes 1-1/10",
                "bytes=10-|416||bytes */10",
                "bytes=10-20|416||bytes */10",
                "bytes=-0|416||bytes */10",
                "bytes=-|416||bytes */10",
                "bytes=a-b|416||bytes */10",
                "bytes=1-x|416||bytes */10",
                "bytes=5-1|416||bytes */10",
                "bytes=99999999999999999999-|416||bytes */10",
                "bytes=0-9,0-9|200|0123456789|",
                "bytes=|200|0123456789|",
                "items=0-1|200|0123456789|",
            })
    void rangeIsCutAsNginxDoes(String range, int status, String body, String contentRange) {
        try (TestSite site = TestSite.of(TestPlace.root(root).add("X-A", "b", false))) {
            Reply reply = site.get("/a.txt", "Range: " + range);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Content-Range").orElse("")).isEqualTo(contentRange == null ? "" : contentRange);
            assertThat(reply.header("Accept-Ranges").isPresent()).isEqualTo(status == 200);
            assertThat(reply.all("X-A")).containsExactly("b");
            if (status == 416) {
                assertThat(reply.header("ETag")).isEmpty();
                assertThat(reply.header("Last-Modified")).isEmpty();
                assertThat(reply.body()).contains("416 Requested Range Not Satisfiable");
            } else {
                assertThat(reply.body()).isEqualTo(body);
                assertThat(reply.header("Content-Length")).contains(Integer.toString(body.length()));
            }
        }
    }

    @Test
    void severalRangesComeAsParts() {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            Reply reply = site.get("/a.txt", "Range: bytes=0-1,-2,4-4");
            assertThat(reply.status()).isEqualTo(206);
            String type = reply.header("Content-Type").orElseThrow();
            assertThat(type).matches("multipart/byteranges; boundary=\\d{20}");
            String boundary = type.substring(type.indexOf('=') + 1);
            String part = "\r\n--" + boundary + "\r\nContent-Type: text/plain\r\nContent-Range: bytes ";
            assertThat(reply.body())
                    .isEqualTo(part + "0-1/10\r\n\r\n01" + part + "8-9/10\r\n\r\n89" + part + "4-4/10\r\n\r\n4"
                            + "\r\n--" + boundary + "--\r\n");
            assertThat(reply.header("Content-Length"))
                    .contains(Integer.toString(reply.body().length()));
        }
    }

    @Test
    void largeFileIsCutToo() {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/big.txt", "Range: bytes=100005-100009").body())
                    .isEqualTo("56789");
            Reply parts = site.get("/big.txt", "Range: bytes=100000-100001,0-1,199998-");
            assertThat(parts.body())
                    .contains("\r\n\r\n01\r\n")
                    .contains("\r\n\r\n89\r\n")
                    .contains("199998-199999/200000");
            assertThat(parts.ending()).isEqualTo(Reply.Ending.FRAMED);
        }
    }

    @Test
    void moreRangesThanAllowedMeanTheWhole() {
        try (TestSite site = TestSite.of(TestPlace.root(root).maxRanges(1))) {
            assertThat(site.get("/a.txt", "Range: bytes=0-0").status()).isEqualTo(206);
            assertThat(site.get("/a.txt", "Range: bytes=0-0,2-2").status()).isEqualTo(200);
        }
    }

    @Test
    void rangesCanBeTurnedOff() {
        try (TestSite site = TestSite.of(TestPlace.root(root).maxRanges(0))) {
            Reply reply = site.get("/a.txt", "Range: bytes=0-0");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Accept-Ranges")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"63b0cd00-a\"|206",
                "\"63b0cd00-b\"|200",
                "W/\"63b0cd00-a\"|200",
                "Sun, 01 Jan 2023 00:00:00 GMT|206",
                "Sun, 01 Jan 2023 00:00:01 GMT|200",
                "nonsense|200",
            })
    void ifRangeAsksForTheVeryContent(String condition, int status) {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/a.txt", "Range: bytes=0-0", "If-Range: " + condition)
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void rangeOfAnEmptyFileIsTheWhole() {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/empty.txt", "Range: bytes=0-").status()).isEqualTo(200);
            assertThat(site.get("/empty.txt", "Range: bytes=0-0").status()).isEqualTo(200);
            assertThat(site.get("/empty.txt", "Range: bytes=1-").status()).isEqualTo(416);
        }
    }
}
