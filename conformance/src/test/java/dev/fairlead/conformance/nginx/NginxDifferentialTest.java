package dev.fairlead.conformance.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Difference;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.CaseFile;
import dev.fairlead.conformance.cases.CaseRun;
import dev.fairlead.conformance.cases.Expectation;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Keys;
import dev.fairlead.conformance.cases.Site;
import dev.fairlead.conformance.stunnel.Certs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Every case on the real nginx and on Fairlead: the same status, headers and body, the same bytes to the
/// upstreams, the same log lines. `-Dgroup=NAME` runs the groups whose names contain NAME.
class NginxDifferentialTest {
    static final Path CASES = Path.of("src/test/resources/nginx");
    private static final int AT_ONCE = 2;
    /// How often a group in which something differs runs again before that counts: its limits are fractions of a
    /// second, which a busy machine may miss.
    private static final int AGAIN = 2;

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @TempDir
    static Path scratch;

    @TestFactory
    Stream<DynamicNode> sameAsNginx() throws IOException {
        Distribution.prepare();
        Path keys = scratch.resolve("keys");
        Keys.make(keys, "a.example", "b.example", "client.example");
        Certs.make(keys);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE * 2);
        List<Group> groups = groups();
        List<CompletableFuture<Map<Server.Kind, GroupRun>>> runs = new ArrayList<>();
        for (Group group : groups) {
            Path root = Files.createDirectories(scratch.resolve(group.name())).resolve("site");
            Site.lay(root, group.files());
            runs.add(run(group, root, keys, threads));
        }
        threads.shutdown();
        Stream<DynamicNode> containers = Stream.iterate(0, i -> i < groups.size(), i -> i + 1)
                .map(i -> DynamicContainer.dynamicContainer(groups.get(i).name(), tests(groups.get(i), runs.get(i))));
        return Stream.concat(
                containers,
                Stream.of(DynamicTest.dynamicTest(
                        "(the allowed differences)", NginxDifferentialTest::allAllowedDifferencesAreThere)));
    }

    private static List<Group> groups() throws IOException {
        String wanted = System.getProperty("group", "");
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".cases"))
                    .filter(file -> String.valueOf(file.getFileName()).contains(wanted))
                    .sorted()
                    .map(CaseFile::read)
                    .toList();
        }
    }

    private static CompletableFuture<Map<Server.Kind, GroupRun>> run(
            Group group, Path root, Path keys, ExecutorService threads) {
        Map<Server.Kind, CompletableFuture<GroupRun>> each = new EnumMap<>(Server.Kind.class);
        for (Server.Kind kind : Server.Kind.values()) {
            if (Server.canRun(kind, group)) {
                // Names of equal length: a folder's may show in an answer.
                Path folder = scratch.resolve(group.name()).resolve(kind.folder());
                each.put(
                        kind,
                        CompletableFuture.supplyAsync(() -> GroupRun.of(kind, folder, root, keys, group), threads));
            }
        }
        return CompletableFuture.allOf(each.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<Server.Kind, GroupRun> runs = new EnumMap<>(Server.Kind.class);
                    each.forEach((kind, run) -> runs.put(kind, run.join()));
                    for (int run = 2; run <= AGAIN + 1 && differs(group, runs); run++) {
                        Path folder = scratch.resolve(group.name()).resolve("run-" + run);
                        runs.replaceAll(
                                (kind, former) -> GroupRun.of(kind, folder.resolve(kind.folder()), root, keys, group));
                    }
                    return runs;
                });
    }

    private static boolean differs(Group group, Map<Server.Kind, GroupRun> runs) {
        try {
            group.cases().stream()
                    .filter(test -> runs.containsKey(Server.Kind.NGINX))
                    .forEach(test -> check(group, test, runs));
            checkLogs(runs);
            return false;
        } catch (AssertionError difference) {
            return true;
        } catch (TestAbortedException oneIsMissing) {
            return false;
        }
    }

    private static Stream<DynamicTest> tests(Group group, CompletableFuture<Map<Server.Kind, GroupRun>> runs) {
        Stream<DynamicTest> cases = group.cases().stream()
                .map(test -> DynamicTest.dynamicTest(
                        test.name(),
                        () -> named(group.name() + ": " + test.name(), () -> check(group, test, runs.join()))));
        DynamicTest logs = DynamicTest.dynamicTest("(log files)", () -> checkLogs(runs.join()));
        return Stream.concat(cases, Stream.of(logs));
    }

    /// Surefire's report does not tell a dynamic test's name, so a failure does.
    private static void named(String name, Runnable check) {
        try {
            check.run();
        } catch (AssertionError failed) {
            throw new AssertionError(name + "\n" + failed.getMessage(), failed);
        }
    }

    private static void check(Group group, Group.Case test, Map<Server.Kind, GroupRun> runs) {
        Optional<CaseRun.Result.Answered> nginx = answered(Server.Kind.NGINX, test, runs);
        Optional<CaseRun.Result.Answered> fairlead = answered(Server.Kind.FAIRLEAD, test, runs);
        nginx.ifPresent(truth ->
                test.expectations().forEach(claim -> Expectation.check(claim, truth.outcome(), truth.answers())));
        Assumptions.assumeTrue(fairlead.isPresent(), "there is no ./fairlead to compare with");
        if (nginx.isEmpty()) {
            CaseRun.Result.Answered ours = fairlead.orElseThrow();
            test.expectations().forEach(claim -> Expectation.check(claim, ours.outcome(), ours.answers()));
            Assumptions.abort("nginx is not installed; only the case's own claims were checked");
        }
        Map<String, String> differences =
                nginx.orElseThrow().outcome().differences(fairlead.orElseThrow().outcome());
        String name = group.name() + ": " + test.name();
        differences.keySet().removeIf(aspect -> allowed(name, aspect));
        if (!differences.isEmpty()) {
            StringBuilder report = new StringBuilder();
            test.steps()
                    .forEach(step ->
                            report.append("\nrequest: ").append(step.request().replace("\r\n", "\n  ")));
            differences.forEach((aspect, values) ->
                    report.append('\n').append(aspect).append("\n  ").append(values));
            throw new AssertionError(report.toString());
        }
    }

    private static boolean allowed(String name, String aspect) {
        Optional<Difference> allowed = Difference.covering(AllowedDifference.ALL, name, aspect);
        allowed.map(Difference::title).ifPresent(SEEN::add);
        return allowed.isPresent();
    }

    /// A list of differences that also names what is equal is not worth reading.
    private static void allAllowedDifferencesAreThere() {
        boolean complete = System.getProperty("group", "").isEmpty()
                && Stream.of(Server.Kind.values())
                        .allMatch(kind -> kind.program().isPresent());
        Assumptions.assumeTrue(complete, "only some cases ran");
        assertThat(SEEN)
                .containsAll(
                        AllowedDifference.ALL.stream().map(Difference::title).toList());
    }

    private static Optional<CaseRun.Result.Answered> answered(
            Server.Kind kind, Group.Case test, Map<Server.Kind, GroupRun> runs) {
        GroupRun run = runs.get(kind);
        if (run == null) {
            return Optional.empty();
        }
        return switch (run.outcomes().get(test)) {
            case CaseRun.Result.Answered answered -> Optional.of(answered);
            case CaseRun.Result.Failed failed -> throw new AssertionError(kind + ": " + failed.why());
            case null -> throw new AssertionError(kind + " has not run this");
        };
    }

    private static void checkLogs(Map<Server.Kind, GroupRun> runs) {
        GroupRun nginx = runs.get(Server.Kind.NGINX);
        GroupRun fairlead = runs.get(Server.Kind.FAIRLEAD);
        Assumptions.assumeTrue(nginx != null && fairlead != null, "both programs are needed");
        if (nginx != null && fairlead != null) {
            assertThat(fairlead.complaints())
                    .as("complaints in Fairlead's output")
                    .isEmpty();
            assertThat(LogLines.differences(nginx.logs(), fairlead.logs()))
                    .as("log lines")
                    .isEmpty();
        }
    }
}
