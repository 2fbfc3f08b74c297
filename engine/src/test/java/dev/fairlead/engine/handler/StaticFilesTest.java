package dev.fairlead.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.http.FileServing;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakWatch.class)
class StaticFilesTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2023-01-01T00:00:00Z"));

    @TempDir
    Path root;

    @BeforeEach
    void files() throws IOException {
        write("a.txt", "hello\n");
        write("index.html", "<p>home</p>");
        write("sub/index.html", "<p>sub</p>");
        write("sub/empty.css", "");
        Files.createDirectories(root.resolve("d x"));
        write(".profile", "x");
        write("UPPER.TXT", "up");
    }

    private Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, LONG_AGO);
        return file;
    }

    @Test
    void smallFileIsSentWithTimeLengthAndTag() {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            for (int i = 0; i < 3; i++) {
                Reply reply = site.get("/a.txt");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("hello\n");
                assertThat(reply.header("Content-Type")).contains("text/plain");
                assertThat(reply.header("Content-Length")).contains("6");
                assertThat(reply.header("Last-Modified")).contains("Sun, 01 Jan 2023 00:00:00 GMT");
                assertThat(reply.header("ETag")).contains("\"63b0cd00-6\"");
                assertThat(reply.header("Accept-Ranges")).contains("bytes");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/sub/empty.css,200",
        "HEAD,/a.txt,200",
        "POST,/a.txt,405",
        "POST,/nothing,404",
        "DELETE,/a.txt,405",
        "DELETE,/,405",
        "GET,/nothing,404",
        "GET,/a.txt/,404",
        "GET,/a.txt/b,404",
        "GET,/nothing/,404",
        "GET,/d%20x/,403",
        "POST,/sub/,405",
        "GET,/..%2f..%2fetc/passwd,400",
        "GET,/a.txt%00,400",
    })
    void statusIsThatOfNginx(String method, String target, int status) {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.request(method, target).status()).isEqualTo(status);
        }
    }

    @Test
    void headHasTheFieldsOfGetAndNoBody() {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            Reply reply = site.request("HEAD", "/a.txt");
            assertThat(reply.header("Content-Length")).contains("6");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void folderWithoutSlashIsRedirectedWithItsQuery() {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            Reply reply = site.get("/d%20x?a=b");
            assertThat(reply.status()).isEqualTo(301);
            assertThat(reply.header("Location"))
                    .hasValueSatisfying(location -> assertThat(location).endsWith("/d%20x/?a=b"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a.txt,text/plain",
        "/UPPER.TXT,text/plain",
        "/.profile,application/octet-stream",
        "/sub/empty.css,text/css"
    })
    void typeComesFromTheExtension(String target, String type) {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get(target).header("Content-Type")).contains(type);
        }
    }

    @Test
    void indexIsTheFirstThatIsThere() throws IOException {
        write("sub/second.html", "second");
        try (TestSite site = TestSite.of(TestPlace.root(root).index("none.html", "second.html", "index.html"))) {
            assertThat(site.get("/sub/").body()).isEqualTo("second");
            assertThat(site.get("/").body()).isEqualTo("<p>home</p>");
        }
    }

    @Test
    void absoluteIndexIsAnInternalRedirect() {
        try (TestSite site = TestSite.of(TestPlace.root(root).index("none.html", "/a.txt"))) {
            assertThat(site.get("/d%20x/").body()).isEqualTo("hello\n");
        }
    }

    @Test
    void aliasReplacesThePrefix() {
        try (TestSite site =
                TestSite.of("/", TestPlace.root(root), "/al/", TestPlace.alias(root.resolve("sub"), "/", "/al/"))) {
            assertThat(site.get("/al/").body()).isEqualTo("<p>sub</p>");
            assertThat(site.get("/al/index.html").body()).isEqualTo("<p>sub</p>");
            assertThat(site.get("/al/no").status()).isEqualTo(404);
        }
    }

    @Test
    void changedFileIsServedChangedAtTheNextRequest() throws IOException {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/a.txt").body()).isEqualTo("hello\n");
            for (int i = 0; i < 20; i++) {
                String content = "again" + i % 10;
                Files.writeString(root.resolve("a.txt"), content);
                assertThat(site.get("/a.txt").body()).isEqualTo(content);
            }
            Files.delete(root.resolve("a.txt"));
            assertThat(site.get("/a.txt").status()).isEqualTo(404);
            write("a.txt", "back");
            assertThat(site.get("/a.txt").body()).isEqualTo("back");
        }
    }

    @Test
    void replacedFileOfSameTimeAndSizeIsNoticed() throws IOException {
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/a.txt").body()).isEqualTo("hello\n");
            Path other = write("other", "HELLO\n");
            Files.move(other, root.resolve("a.txt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(root.resolve("a.txt"), LONG_AGO);
            assertThat(site.get("/a.txt").body()).isEqualTo("HELLO\n");
        }
    }

    @Test
    void rememberedFileIsBelievedWhileValid() throws IOException {
        try (TestSite site = TestSite.of(TestPlace.root(root).cache(100, Duration.ofHours(1), true))) {
            for (int i = 0; i < 3; i++) {
                assertThat(site.get("/a.txt").status()).isEqualTo(200);
                assertThat(site.get("/later.txt").status()).isEqualTo(404);
            }
            Files.delete(root.resolve("a.txt"));
            write("later.txt", "x");
            assertThat(site.get("/a.txt").body()).isEqualTo("hello\n");
            assertThat(site.get("/later.txt").status()).isEqualTo(404);
        }
    }

    @Test
    void rememberedFileIsLookedAtAgainWhenNoLongerValid() throws IOException {
        try (TestSite site = TestSite.of(TestPlace.root(root).cache(100, Duration.ZERO, true))) {
            assertThat(site.get("/a.txt").status()).isEqualTo(200);
            Files.delete(root.resolve("a.txt"));
            assertThat(site.get("/a.txt").status()).isEqualTo(404);
        }
    }

    @Test
    void moreFilesThanRememberedAreAllServed() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("many/" + i + ".txt", "n" + i);
        }
        write("many/large.txt", "y".repeat(100_000));
        try (TestSite site = TestSite.of(TestPlace.root(root).cache(3, Duration.ofHours(1), false))) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 20; i++) {
                    assertThat(site.get("/many/" + i + ".txt").body()).isEqualTo("n" + i);
                }
                assertThat(site.get("/many/large.txt").body()).hasSize(100_000);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"65536", "65537", "1000000", "5000000"})
    void filesOfEverySizeArriveWhole(int size) throws IOException {
        StringBuilder content = new StringBuilder();
        for (int i = 0; content.length() < size; i++) {
            content.append(i).append(' ');
        }
        content.setLength(size);
        write("big.bin", content.toString());
        try (TestSite site = TestSite.of(TestPlace.root(root));
                Wire wire = Wire.connect(site.port())) {
            for (int i = 0; i < 2; i++) {
                wire.send("GET /big.bin HTTP/1.1\nHost: a.example\n\n");
                Reply reply = wire.reply();
                assertThat(reply.header("Content-Length")).contains(Integer.toString(size));
                assertThat(reply.body()).isEqualTo(content.toString());
            }
        }
    }

    @Test
    void clientThatLeavesDuringALargeFileLeavesNothingBehind() throws IOException {
        write("big.bin", "z".repeat(8_000_000));
        try (TestSite site = TestSite.of(TestPlace.root(root).gzip(false))) {
            for (String target : new String[] {"/big.bin", "/big.bin"}) {
                try (Wire wire = Wire.connect(site.port())) {
                    wire.send("GET " + target + " HTTP/1.1\nHost: a.example\nAccept-Encoding: gzip\n\n");
                    wire.bytes(100);
                    wire.reset();
                }
            }
            assertThat(site.get("/a.txt").status()).isEqualTo(200);
        }
    }

    @Test
    void unreadableFileIsForbidden() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                System.getProperty("user.name").equals("root"));
        Files.setPosixFilePermissions(root.resolve("a.txt"), PosixFilePermissions.fromString("---------"));
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/a.txt").status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED,/a.txt,200",
        "REFUSED,/link.txt,403",
        "REFUSED,/linked/index.html,403",
        "REFUSED,/sub/,200",
        "REFUSED_IF_NOT_OWNER,/link.txt,200",
        "REFUSED_IF_NOT_OWNER,/linked/index.html,200",
        "REFUSED,/none,404",
        "ALLOWED,/linked/index.html,200"
    })
    void linksAreRefusedWhereTheyAreNotWanted(FileServing.Symlinks symlinks, String target, int status)
            throws IOException {
        // The folder above may hold links itself.
        Path real = root.toRealPath();
        Files.createSymbolicLink(root.resolve("link.txt"), real.resolve("a.txt"));
        Files.createSymbolicLink(root.resolve("linked"), real.resolve("sub"));
        try (TestSite site = TestSite.of(TestPlace.root(real).symlinks(symlinks))) {
            assertThat(site.get(target).status()).isEqualTo(status);
            assertThat(site.get(target).status()).isEqualTo(status);
        }
    }

    @Test
    void pipeIsNoFileAndDoesNotStopTheLoop() throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/pipe").status()).isEqualTo(404);
            assertThat(site.get("/a.txt").status()).isEqualTo(200);
        }
    }

    @Test
    void namesOutsideAsciiAreBytes() throws IOException, InterruptedException {
        Path made = root.resolve("u.sh");
        Files.writeString(made, "printf unicode > \"$1/$(printf 'd\\303\\251.txt')\"");
        assertThat(new ProcessBuilder("sh", made.toString(), root.toString())
                        .start()
                        .waitFor())
                .isZero();
        try (TestSite site = TestSite.of(TestPlace.root(root))) {
            assertThat(site.get("/d%C3%A9.txt").body()).isEqualTo("unicode");
        }
    }

    @Test
    void precompressedFileIsSentWhereItIsTaken() throws IOException {
        write("a.txt.gz", "not really gzip");
        TestPlace place = TestPlace.root(root).gzip(true).precompressed(FileServing.Precompressed.WHEN_ACCEPTED);
        try (TestSite site = TestSite.of(place)) {
            Reply taken = site.get("/a.txt", "Accept-Encoding: gzip");
            assertThat(taken.body()).isEqualTo("not really gzip");
            assertThat(taken.header("Content-Encoding")).contains("gzip");
            assertThat(taken.header("Content-Type")).contains("text/plain");
            assertThat(taken.all("Vary")).containsExactly("Accept-Encoding");
            assertThat(taken.header("Accept-Ranges")).isEmpty();
            Reply plain = site.get("/a.txt");
            assertThat(plain.body()).isEqualTo("hello\n");
            assertThat(plain.all("Vary")).containsExactly("Accept-Encoding");
        }
    }
}
