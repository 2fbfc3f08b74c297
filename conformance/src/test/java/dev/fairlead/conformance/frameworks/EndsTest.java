package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workers that have to be ended, or end by themselves: what the client gets, what the log says, and that others
/// go on.
class EndsTest {
    @TempDir
    private Path scratch;

    @Test
    void aRequestThatTakesTooLongIsAnswered504AndTheLogSaysWhereItWas() {
        Workers.require();
        try (Workers workers = new Workers(scratch, Map.of(), "ends:application", "-t", "1")) {
            String before = workers.get("/").body();
            assertThat(workers.get("/hang").status()).isEqualTo(504);
            workers.awaitLine("GET /hang took longer than 1 s, at ends.py:");
            workers.awaitLine("in hang");
            assertThat(workers.get("/").body()).matches("[0-9]+").isNotEqualTo(before);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/crash, SIGSEGV", "/leave, 7"})
    void aCrashIsAnswered502AndTheLogSaysWhatItWas(String path, String cause) {
        Workers.require();
        try (Workers workers = new Workers(scratch, Map.of(), "ends:application", "-w", "2")) {
            assertThat(workers.get(path).status()).isEqualTo(502);
            workers.awaitLine(cause + " while it had the request");
            for (int i = 0; i < 10; i++) {
                assertThat(workers.get("/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aWorkerThatHasGrownTooLargeIsReplacedAndNoRequestFails() throws IOException {
        Workers.require();
        int port = Ports.free();
        Path site = Files.createDirectories(scratch.resolve("stack/etc/nginx/sites-enabled"));
        Path folder = Files.createDirectories(scratch.resolve("stack/srv/ends"));
        Files.writeString(site.resolve("ends.conf"), """
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        app ends:application name=ends memory=80m directory=/srv/ends;
                    }
                }
                """.formatted(port));
        Workers.copyTo(folder.resolve("ends.py"), "ends.py");
        List<String> command = List.of(
                Distribution.launcher().orElseThrow().toString(),
                "up",
                scratch.resolve("stack").toString());
        Map<String, String> environment =
                Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString());
        try (ProcessUnderTest up = ProcessUnderTest.start(scratch, environment, command)) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            String before = get(port, "/");
            assertThat(get(port, "/grow")).isEqualTo(before);
            Deadline.inSeconds(60).await("another worker", () -> !get(port, "/").equals(before));
            up.awaitLine("the reason", line -> line.contains(" MiB and is replaced"), Deadline.inSeconds(60));
        }
    }

    private static String get(int port, String path) {
        try (Wire wire = Wire.connect(port).patience(Duration.ofSeconds(60))) {
            Reply reply = wire.send("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                    .reply();
            assertThat(reply.status()).isEqualTo(200);
            return reply.body();
        }
    }
}
