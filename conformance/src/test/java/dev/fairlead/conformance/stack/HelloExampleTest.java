package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Placeholders;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example with an application behind a hop inside the stack: the same answers with and without a socket.
class HelloExampleTest {
    @TempDir
    private Path scratch;

    private final int port = Ports.free();
    private final int inner = Ports.free();

    @Test
    void theApplicationAnswersTheSameWithAndWithoutASocketBetween() throws IOException {
        Assumptions.assumeTrue(Distribution.launcher().isPresent(), "there is no ./fairlead to run");
        Distribution.prepare();
        Path folder = copy();
        assertThat(answers(folder, "--no-link")).isEqualTo(answers(folder));
    }

    private Path copy() throws IOException {
        Path example = Distribution.checkout().resolve("examples/hello");
        Path folder = scratch.resolve("hello");
        try (Stream<Path> paths = Files.walk(example)) {
            for (Path path : paths.sorted().toList()) {
                Path target = folder.resolve(example.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (path.toString().endsWith(".conf")) {
                    Map<String, String> words = Map.of("listen 80;", "listen " + port + ";", "5000", "" + inner);
                    Files.writeString(target, Placeholders.fill(Files.readString(path), words));
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return folder;
    }

    private List<String> answers(Path folder, String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Distribution.launcher().orElseThrow().toString(), "up", folder.toString()));
        command.addAll(List.of(flags));
        Map<String, String> environment =
                Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString());
        try (ProcessUnderTest up = ProcessUnderTest.start(scratch, environment, command)) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            assertThat(up.output().contains("without sockets")).isEqualTo(flags.length == 0);
            List<String> answers = List.of(get("/you"), get("/static/hello.css"), get("/static/none"));
            up.signal("TERM");
            assertThat(up.awaitExit(Deadline.inSeconds(30))).isZero();
            return answers;
        }
    }

    private String get(String path) {
        try (Wire wire = Wire.connect(port).patience(Duration.ofSeconds(10))) {
            wire.send("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            var reply = wire.reply();
            return reply.statusLine() + " "
                    + reply.headers()
                            .toString()
                            .replaceAll("(Date|Expires|ETag|Last-Modified): [^]]*?(?=, \\S+:|])", "$1")
                    + reply.body().replaceAll("Worker \\d+ has answered \\d+", "Worker");
        }
    }
}
