package dev.fairlead.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.FileServing.Listing.Format;
import dev.fairlead.model.http.FileServing.TryFiles.Fallback;
import dev.fairlead.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected values were taken from nginx 1.22.
@ExtendWith(LeakWatch.class)
class TryFilesAndListingsTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2023-01-01T00:00:00Z"));

    @TempDir
    Path root;

    @BeforeEach
    void files() throws IOException {
        write("a.txt", "a");
        write("index.html", "home");
        write("sub/index.html", "sub");
        write("app/front.html", "front");
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    @ParameterizedTest
    @CsvSource({"/a.txt,200,a", "/,200,home", "/sub/,200,sub", "/sub,301,", "/none,404,", "/none/,404,"})
    void firstCandidateThatIsThereIsServed(String target, int status, String body) {
        TestPlace place = TestPlace.root(root).tryFiles(new Fallback.Status(404), "$uri", "$uri/");
        try (TestSite site = TestSite.of(place)) {
            Reply reply = site.get(target);
            assertThat(reply.status()).isEqualTo(status);
            if (status == 200) {
                assertThat(reply.body()).isEqualTo(body);
            }
        }
    }

    @Test
    void lastPathIsAnInternalRedirectWithItsQuery() {
        Fallback front = new Fallback.Path(TestPlace.template("/app/front.html?p=$uri"));
        TestPlace first = TestPlace.root(root).tryFiles(front, "$uri");
        TestPlace second = TestPlace.root(root).add("X-Query", "$args", false);
        try (TestSite site = TestSite.of("/", first, "/app/", second)) {
            Reply reply = site.get("/some/page?x=1");
            assertThat(reply.body()).isEqualTo("front");
            assertThat(reply.header("X-Query")).contains("p=/some/page");
        }
    }

    @Test
    void namedLocationTakesOver() {
        Map<String, TestPlace> places = new LinkedHashMap<>();
        places.put("/", TestPlace.root(root).tryFiles(new Fallback.Named("other"), "$uri"));
        places.put("@other", TestPlace.root(root.resolve("app")));
        try (TestSite site = TestSite.of(places)) {
            assertThat(site.get("/front.html").body()).isEqualTo("front");
            assertThat(site.get("/a.txt").body()).isEqualTo("a");
        }
    }

    @Test
    void candidatesOfAnAliasLoseItsPrefix() {
        TestPlace aliased = TestPlace.alias(root.resolve("sub"), "/", "/al/")
                .tryFiles(new Fallback.Status(404), "$uri", "index.html");
        try (TestSite site = TestSite.of("/", TestPlace.root(root), "/al/", aliased)) {
            assertThat(site.get("/al/index.html").body()).isEqualTo("sub");
            assertThat(site.get("/al/whatever").body()).isEqualTo("sub");
        }
    }

    @Test
    void aliasIsRefusedForAPathThatARuleReplaced() {
        TestPlace aliased =
                TestPlace.alias(root.resolve("sub"), "/", "/al/").rewriteHere("^/al/old$", "/al/index.html");
        try (TestSite site = TestSite.of("/", TestPlace.root(root), "/al/", aliased)) {
            assertThat(site.get("/al/index.html").status()).isEqualTo(200);
            assertThat(site.get("/al/old").status()).isEqualTo(500);
        }
    }

    @Test
    void listingIsByteForByteThatOfNginx() throws IOException {
        write("list/z.bin", "z".repeat(20_000));
        write("list/.hidden", "");
        write("list/a b?%<&>.txt", "1");
        write("list/" + "long".repeat(16) + ".txt", "22");
        write("list/dir/x", "");
        Files.setLastModifiedTime(root.resolve("list/dir"), LONG_AGO);
        try (TestSite site = TestSite.of(TestPlace.root(root).listing(Format.HTML, true))) {
            Reply reply = site.get("/list/");
            assertThat(reply.chunked()).isTrue();
            assertThat(reply.header("Content-Type")).contains("text/html");
            assertThat(reply.body())
                    .isEqualTo("<html>\r\n<head><title>Index of /list/</title></head>\r\n<body>\r\n"
                            + "<h1>Index of /list/</h1><hr><pre><a href=\"../\">../</a>\r\n"
                            + "<a href=\"dir/\">dir/</a>" + " ".repeat(47) + "01-Jan-2023 00:00" + " ".repeat(19)
                            + "-\r\n"
                            + "<a href=\"a%20b%3F%25%3C%26%3E.txt\">a b?%&lt;&amp;&gt;.txt</a>" + " ".repeat(39)
                            + "01-Jan-2023 00:00" + " ".repeat(19) + "1\r\n"
                            + "<a href=\"" + "long".repeat(16) + ".txt\">"
                            + "long".repeat(16).substring(0, 47)
                            + "..&gt;</a> 01-Jan-2023 00:00" + " ".repeat(19) + "2\r\n"
                            + "<a href=\"z.bin\">z.bin</a>" + " ".repeat(46) + "01-Jan-2023 00:00" + " ".repeat(15)
                            + "20000\r\n</pre><hr></body>\r\n</html>\r\n");
        }
    }

    @Test
    void sizesCanBeRounded() throws IOException {
        write("list/9999", "z".repeat(9999));
        write("list/20k", "z".repeat(20_000));
        write("list/3m", "z".repeat(3_000_000));
        try (TestSite site = TestSite.of(TestPlace.root(root).listing(Format.HTML, false))) {
            assertThat(site.get("/list/").body())
                    .contains("01-Jan-2023 00:00    9999\r\n")
                    .contains("01-Jan-2023 00:00     20K\r\n")
                    .contains("01-Jan-2023 00:00      3M\r\n");
        }
    }

    @Test
    void listingsForProgramsHaveTheirForms() throws IOException {
        write("list/a\"b.txt", "1");
        write("list/dir/x", "");
        Files.setLastModifiedTime(root.resolve("list/dir"), LONG_AGO);
        String json =
                "[\r\n{ \"name\":\"dir\", \"type\":\"directory\", \"mtime\":\"Sun, 01 Jan 2023 00:00:00 GMT\" },\r\n"
                        + "{ \"name\":\"a\\\"b.txt\", \"type\":\"file\", \"mtime\":\"Sun, 01 Jan 2023 00:00:00 GMT\", \"size\":1 }\r\n]";
        try (TestSite site = TestSite.of(TestPlace.root(root).listing(Format.JSON, true))) {
            assertThat(site.get("/list/").body()).isEqualTo(json);
        }
        try (TestSite site = TestSite.of(TestPlace.root(root).listing(Format.JSONP, true))) {
            assertThat(site.get("/list/?callback=f.g").body()).isEqualTo("/* callback */\r\nf.g(" + json + ");");
            assertThat(site.get("/list/").body()).isEqualTo(json);
            assertThat(site.get("/list/?callback=a%3Cb").status()).isEqualTo(400);
        }
        try (TestSite site = TestSite.of(TestPlace.root(root).listing(Format.XML, true))) {
            assertThat(site.get("/list/").body())
                    .isEqualTo("<?xml version=\"1.0\"?>\r\n<list>\r\n"
                            + "<directory mtime=\"2023-01-01T00:00:00Z\">dir</directory>\r\n"
                            + "<file mtime=\"2023-01-01T00:00:00Z\" size=\"1\">a&quot;b.txt</file>\r\n</list>\r\n");
        }
    }
}
