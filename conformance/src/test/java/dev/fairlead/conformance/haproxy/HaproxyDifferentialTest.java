package dev.fairlead.conformance.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Difference;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.CaseFile;
import dev.fairlead.conformance.cases.CaseRun;
import dev.fairlead.conformance.cases.Expectation;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Keys;
import dev.fairlead.conformance.cases.LogServer;
import dev.fairlead.conformance.cases.NameServer;
import dev.fairlead.conformance.cases.Outcome;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.conformance.cases.Site;
import dev.fairlead.conformance.cases.Upstreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Every case on the real HAProxy and on Fairlead: the same status, fields and body, the same bytes to the
/// servers. `-Dgroup=NAME` runs the groups whose names contain NAME.
class HaproxyDifferentialTest {
    private static final Path CASES = Path.of("src/test/resources/haproxy");
    private static final int ENOUGH = 200;
    private static final int AT_ONCE = 4;
    /// How often a group in which something differs runs again, with nothing beside it, before that counts: its limits
    /// are fractions of a second, which a busy machine may miss.
    private static final int AGAIN = 2;

    @TempDir
    static Path scratch;

    @Test
    void thereAreEnoughCases() throws IOException {
        assertThat(groups("").stream().mapToInt(group -> group.cases().size()).sum())
                .isGreaterThanOrEqualTo(ENOUGH);
    }

    @Test
    void theDocumentationTellsEveryAllowedDifference() throws IOException {
        String page = Files.readString(Distribution.checkout().resolve("docs/differences.md"), StandardCharsets.UTF_8);
        int part = page.indexOf("\n# Where Fairlead answers otherwise than HAProxy\n");
        int first = page.indexOf("\n## ", part);
        int next = page.indexOf("\n# ", first);
        assertThat(page.substring(first + 1, next < 0 ? page.length() : next))
                .isEqualTo(Difference.page(AllowedDifference.ALL));
    }

    @TestFactory
    Stream<DynamicNode> sameAsHaproxy() throws IOException {
        Distribution.prepare();
        Path keys = scratch.resolve("keys");
        List<String> names = List.of("a.example", "b.example", "*.w.example");
        Keys.make(keys, names.toArray(String[]::new));
        for (String name : names) {
            Files.writeString(
                    keys.resolve(name + ".pem"),
                    Files.readString(keys.resolve(name + ".crt")) + Files.readString(keys.resolve(name + ".key")));
        }
        List<Group> groups = groups(System.getProperty("group", ""));
        for (Group group : groups) {
            Site.lay(site(group), group.files());
        }
        Map<Group, Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>>> runs =
                new LinkedHashMap<>(run(groups, 1, keys));
        for (Group group : groups) {
            for (int run = 2; run <= AGAIN + 1 && differs(group, Objects.requireNonNull(runs.get(group))); run++) {
                runs.putAll(run(List.of(group), run, keys));
            }
        }
        return runs.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(
                        entry.getKey().name(), tests(entry.getKey(), entry.getValue())));
    }

    private static List<Group> groups(String wanted) throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".cases"))
                    .filter(file -> String.valueOf(file.getFileName()).contains(wanted))
                    .sorted()
                    .map(CaseFile::read)
                    .toList();
        }
    }

    private static Path site(Group group) throws IOException {
        return Files.createDirectories(scratch.resolve(group.name())).resolve("site");
    }

    private static Map<Group, Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>>> run(
            List<Group> groups, int run, Path keys) {
        Map<Group, Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>>> runs = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Group group : groups) {
                Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>> each = new ConcurrentHashMap<>();
                runs.put(group, each);
                Stream.of(Balancer.Kind.values())
                        .filter(kind -> kind.program().isPresent())
                        .forEach(kind -> threads.execute(() -> each.put(kind, outcomes(kind, group, run, keys))));
            }
        }
        return runs;
    }

    private static boolean differs(Group group, Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>> runs) {
        return group.cases().stream().anyMatch(test -> {
            try {
                check(group, test, runs);
                return false;
            } catch (AssertionError difference) {
                return true;
            } catch (TestAbortedException oneIsMissing) {
                return false;
            }
        });
    }

    private static Map<Group.Case, CaseRun.Result> outcomes(Balancer.Kind kind, Group group, int run, Path keys) {
        Path folder = scratch.resolve(group.name()).resolve(kind.name() + "-" + run);
        Map<Group.Case, CaseRun.Result> outcomes = new LinkedHashMap<>();
        try (Upstreams upstreams = new Upstreams(group.replies());
                LogServer logs = LogServer.open(Neutral::line);
                NameServer hosts = NameServer.open();
                Running balancer = Balancer.start(
                        kind, folder, group, new Balancer.Around(site(group), keys, upstreams, logs, hosts.port()))) {
            outcomes.putAll(CaseRun.outcomes(group, balancer, upstreams));
            assertThat(balancer.complaints()).isEmpty();
        } catch (AssertionError | RuntimeException | IOException failed) {
            CaseRun.fail(group, outcomes, failed);
        }
        return outcomes;
    }

    private static Stream<DynamicTest> tests(Group group, Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>> runs) {
        return group.cases().stream().map(test -> DynamicTest.dynamicTest(test.name(), () -> check(group, test, runs)));
    }

    private static void check(Group group, Group.Case test, Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>> runs) {
        String name = group.name() + ": " + test.name();
        Optional<CaseRun.Result.Answered> theirs = answered(Balancer.Kind.HAPROXY, test, runs, name);
        Optional<CaseRun.Result.Answered> ours = answered(Balancer.Kind.FAIRLEAD, test, runs, name);
        theirs.or(() -> ours).ifPresent(truth -> test.expectations().forEach(claim -> claim(claim, truth, name)));
        Assumptions.assumeTrue(theirs.isPresent() && ours.isPresent(), "both programs are needed");
        Map<String, String> differences = Neutral.of(theirs.orElseThrow().outcome())
                .differences(Neutral.of(ours.orElseThrow().outcome()));
        differences
                .keySet()
                .removeIf(aspect ->
                        Difference.covering(AllowedDifference.ALL, name, aspect).isPresent());
        if (!differences.isEmpty()) {
            StringBuilder report = new StringBuilder(name);
            test.steps()
                    .forEach(step ->
                            report.append("\nrequest: ").append(step.request().replace("\r\n", "\n  ")));
            differences.forEach((aspect, values) ->
                    report.append('\n').append(aspect).append("\n  ").append(values));
            throw new AssertionError(report.toString());
        }
    }

    private static void claim(String claim, CaseRun.Result.Answered truth, String name) {
        try {
            Expectation.check(lower(claim), lower(truth.outcome()), truth.answers());
        } catch (AssertionError failed) {
            throw new AssertionError(name + "\n" + failed.getMessage(), failed);
        }
    }

    /// Names of fields are compared without regard to case, values as they are.
    private static String lower(String claim) {
        int colon = claim.indexOf(": ");
        boolean isField = colon > 0 && claim.substring(0, colon).matches("[A-Za-z-]+");
        if (isField) {
            return claim.substring(0, colon).toLowerCase(java.util.Locale.ROOT) + claim.substring(colon);
        }
        return claim.startsWith("!") && !claim.startsWith("!up") ? claim.toLowerCase(java.util.Locale.ROOT) : claim;
    }

    private static Outcome lower(Outcome outcome) {
        return Neutral.of(outcome);
    }

    private static Optional<CaseRun.Result.Answered> answered(
            Balancer.Kind kind,
            Group.Case test,
            Map<Balancer.Kind, Map<Group.Case, CaseRun.Result>> runs,
            String name) {
        Map<Group.Case, CaseRun.Result> run = runs.get(kind);
        if (run == null) {
            return Optional.empty();
        }
        return switch (run.get(test)) {
            case CaseRun.Result.Answered answered -> Optional.of(answered);
            case CaseRun.Result.Failed failed -> throw new AssertionError(name + "\n" + kind + ": " + failed.why());
            case null -> throw new AssertionError(name + "\n" + kind + " has not run this");
        };
    }
}
