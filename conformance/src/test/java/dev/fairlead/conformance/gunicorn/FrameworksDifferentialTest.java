package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Difference;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Applications written with the frameworks people use answer alike under the real gunicorn and under Fairlead:
/// forms, uploads, files with ranges and conditions, streams, errors. `-Dgroup=NAME` runs those whose names
/// contain NAME.
class FrameworksDifferentialTest {
    private static final Path CASES = Path.of("src/test/resources/gunicorn/frameworks.cases");
    private static final Path APPLICATIONS = Path.of("src/test/resources/frameworks");
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final List<Difference> ALLOWED = Stream.concat(
                    AllowedDifference.ALL.stream(),
                    Stream.of(Difference.of(
                            "What uvicorn says of connections, and of a body that is not sent",
                            "UvicornWorker/.*",
                            "framing (HEAD chunked -> HEAD none|chunked -> length|(HEAD )?length -> (HEAD )?none)|header (connection|content-type)",
                            """
                            Kept connections are said to be kept, what is at hand as a whole has a length, an answer to HEAD of unknown length no
                            Transfer-Encoding, and 204 neither length nor type.""")))
            .toList();

    @TempDir
    static Path scratch;

    @TestFactory
    Stream<DynamicTest> sameAsUnderGunicorn() {
        for (AppServer.Kind kind : AppServer.Kind.values()) {
            Assumptions.assumeTrue(kind.command().isPresent(), kind + " is not there");
        }
        Distribution.prepare();
        String wanted = System.getProperty("group", "");
        return RequestFile.read(CASES).stream()
                .filter(group -> group.name().contains(wanted))
                .map(group -> DynamicTest.dynamicTest(group.name(), () -> check(group)));
    }

    private static void check(RequestFile.Group group) throws IOException {
        for (String module : group.name().split(" ", -1)) {
            assumeModule(module);
        }
        Path folder = folder(group);
        String kind = group.options().get(1).replaceFirst(".*\\.", "");
        List<String> options = new ArrayList<>(List.of("-b", "127.0.0.1:0"));
        options.addAll(group.options());
        List<String> wrong = new ArrayList<>();
        // File names are part of tags, so both run in one folder; and what is in no order is in the same one.
        try (Pair pair = Pair.start(folder, folder, Map.of("PYTHONHASHSEED", "0"), options)) {
            for (RequestFile.Case request : group.cases()) {
                if (request.isForThreads() && kind.equals("sync")) {
                    continue;
                }
                try {
                    pair.check(request, kind + "/" + group.name() + "/" + request.name(), ALLOWED, new HashSet<>());
                } catch (AssertionError differs) {
                    wrong.add(differs.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void assumeModule(String name) {
        String found = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
        ProcessUnderTest tried = ProcessUnderTest.run(Path.of("/"), "/usr/bin/python3", "-c", found, name);
        Assumptions.assumeTrue(tried.awaitExit(Deadline.inSeconds(60)) == 0, "Python's " + name + " is not installed");
    }

    /// With the application and the files it sends.
    private static Path folder(RequestFile.Group group) throws IOException {
        String module = group.options().getLast().replaceFirst(":.*", "") + ".py";
        Path folder = Files.createDirectories(scratch.resolve(group.name().replaceAll("[ ,]+", "-")));
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.copy(APPLICATIONS.resolve(module), folder.resolve(module));
        Files.write(files.resolve("small.txt"), "0123456789".repeat(100).getBytes(StandardCharsets.US_ASCII));
        byte[] large = new byte[200_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i % 1000 * 7 % 251);
        }
        Files.write(files.resolve("large.bin"), large);
        for (String name : List.of("small.txt", "large.bin")) {
            Files.setLastModifiedTime(files.resolve(name), LONG_AGO);
        }
        return folder;
    }

    @Test
    void thereAreEnoughRequestsAndNoTwoOfTheSameName() {
        for (RequestFile.Group group : RequestFile.read(CASES)) {
            List<String> names =
                    group.cases().stream().map(RequestFile.Case::name).toList();
            assertThat(names).as(group.name()).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        }
    }
}
