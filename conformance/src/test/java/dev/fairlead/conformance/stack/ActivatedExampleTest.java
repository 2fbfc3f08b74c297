package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `examples/mysite`: gunicorn behind a socket unit whose socket lies in the service's own RuntimeDirectory.
@Timeout(300)
class ActivatedExampleTest {
    /// Outside of /tmp, which the service sees another of.
    private Path scratch = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        Distribution.require();
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/gunicorn")), "gunicorn is not installed");
        scratch = Files.createTempDirectory(Path.of("/dev/shm"), "fairlead");
        // The service runs as a user of its own.
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clean() throws IOException {
        if (scratch.toString().isEmpty()) {
            return;
        }
        try (Stream<Path> paths = Files.walk(scratch)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void restartsUnderLoadLoseNoRequestAlthoughTheSocketLiesInTheFolderOfTheService() throws IOException {
        try (Example site = new Example(scratch, "mysite", Map.of(), List.of(80))) {
            String first = answer(site);
            assertThat(first).startsWith("answered by process ");
            try (Load load = new Load(site.port(80), 4)) {
                for (int i = 0; i < 3; i++) {
                    String before = answer(site);
                    restart();
                    Deadline.inSeconds(60)
                            .await("another process", () -> !answer(site).equals(before));
                }
                int answers = load.answers();
                Deadline.inSeconds(60).await("more answers", () -> load.answers() > answers + 20);
                assertThat(load.stop()).as("lost requests").isEmpty();
            }
            assertThat(scratch.resolve("mysite/run/gunicorn/socket")).exists();
        }
    }

    @Test
    void adoptedServiceListensWhereItsSocketUnitWould() throws IOException {
        try (Example site = new Example(scratch, "mysite", Map.of(), List.of(80), "--adopt")) {
            assertThat(answer(site)).startsWith("answered by process ");
            assertThat(site.output())
                    .contains("without sockets")
                    .as("listens by its socket unit, which is no unit of the stack")
                    .contains("gunicorn.socket:1")
                    .doesNotContainPattern("(?m)^ *gunicorn\\.socket ");
            assertThat(scratch.resolve("mysite/run/gunicorn/socket")).exists();
        }
    }

    private void restart() {
        ProcessUnderTest told = ProcessUnderTest.start(
                scratch,
                Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString()),
                List.of(
                        Distribution.launcher().orElseThrow().toString(),
                        "restart",
                        "gunicorn",
                        "-C",
                        scratch.resolve("mysite").toString()));
        assertThat(told.awaitExit(Deadline.inSeconds(60))).as(told::output).isZero();
    }

    private static String answer(Example site) {
        try (Wire wire = site.connect(80)) {
            wire.send("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            return wire.reply().body();
        }
    }
}
