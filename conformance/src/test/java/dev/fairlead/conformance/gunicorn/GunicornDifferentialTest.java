package dev.fairlead.conformance.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Difference;
import dev.fairlead.conformance.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every request to the real gunicorn and to Fairlead, in workers of both kinds: the application sees the same,
/// and so does the client. `-Dgroup=NAME` runs the groups whose names contain NAME.
class GunicornDifferentialTest {
    private static final Path CASES = Path.of("src/test/resources/gunicorn/requests.cases");
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final List<Pair> STARTED = new ArrayList<>();

    @TempDir
    static Path scratch;

    @TestFactory
    Stream<DynamicNode> sameAsGunicorn() throws IOException {
        for (AppServer.Kind kind : AppServer.Kind.values()) {
            Assumptions.assumeTrue(kind.command().isPresent(), kind + " is not there");
        }
        Distribution.prepare();
        String wanted = System.getProperty("group", "");
        List<DynamicNode> nodes = new ArrayList<>();
        for (RequestFile.Group group : RequestFile.read(CASES)) {
            if (group.name().contains(wanted)) {
                nodes.add(container(group, "sync"));
                if (group.name().equals("plain")) {
                    nodes.add(container(group, "gthread"));
                }
            }
        }
        nodes.add(DynamicTest.dynamicTest(
                "(the allowed differences)", GunicornDifferentialTest::allAllowedDifferencesAreThere));
        return nodes.stream();
    }

    @AfterAll
    static void end() {
        STARTED.forEach(Pair::close);
    }

    private static DynamicNode container(RequestFile.Group group, String kind) {
        Map<String, Pair> pair = new LinkedHashMap<>();
        Stream<DynamicTest> tests = group.cases().stream()
                .filter(request -> !request.isForThreads() || kind.equals("gthread"))
                .map(request -> DynamicTest.dynamicTest(
                        request.name(),
                        () -> pair.computeIfAbsent(kind, first -> start(group, kind))
                                .check(request, kind + "/" + request.name(), AllowedDifference.ALL, SEEN)));
        return DynamicContainer.dynamicContainer(group.name() + ", " + kind, tests);
    }

    private static Pair start(RequestFile.Group group, String kind) {
        List<String> options = new ArrayList<>(List.of("-b", "127.0.0.1:0", "-k", kind));
        if (kind.equals("gthread")) {
            options.addAll(List.of("--threads", "4", "--keep-alive", "1"));
        }
        options.addAll(group.options());
        options.add("cases:app");
        try {
            String name = group.name() + "-" + kind;
            Path theirs = AppServer.folder(scratch, name + "-theirs", "cases.py");
            Path ours = AppServer.folder(scratch, name + "-ours--", "cases.py");
            Pair pair = Pair.start(theirs, ours, Map.of(), options);
            STARTED.add(pair);
            return pair;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A list of differences that also names what is equal is not worth reading.
    private static void allAllowedDifferencesAreThere() {
        Assumptions.assumeTrue(System.getProperty("group", "").isEmpty(), "only some requests were sent");
        assertThat(SEEN)
                .containsAll(
                        AllowedDifference.ALL.stream().map(Difference::title).toList());
    }

    @Test
    void thereAreEnoughRequestsAndNoTwoOfTheSameName() {
        List<String> names = RequestFile.read(CASES).stream()
                .flatMap(group -> group.cases().stream())
                .map(RequestFile.Case::name)
                .toList();
        assertThat(names).hasSizeGreaterThan(400).doesNotHaveDuplicates();
    }

    @Test
    void theDocumentationTellsEveryAllowedDifference() throws IOException {
        String page = Files.readString(Distribution.checkout().resolve("docs/differences.md"), StandardCharsets.UTF_8);
        int part = page.indexOf("\n# Where Fairlead answers otherwise than gunicorn\n");
        int first = page.indexOf("\n## ", part);
        int next = page.indexOf("\n# ", first);
        assertThat(page.substring(first + 1, next < 0 ? page.length() : next))
                .isEqualTo(Difference.page(AllowedDifference.ALL));
    }
}
