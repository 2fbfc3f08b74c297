package dev.fairlead.conformance.pound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.CaseFile;
import dev.fairlead.conformance.cases.CaseRun;
import dev.fairlead.conformance.cases.Expectation;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.conformance.cases.Site;
import dev.fairlead.conformance.cases.Upstreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What Pound's manual says, case by case: there is no Pound to compare with in Debian 12, so that each case says
/// what client and server get to see.
class PoundCasesTest {
    private static final Path CASES = Path.of("src/test/resources/pound");
    private static final int ENOUGH = 60;

    @TempDir
    static Path scratch;

    @Test
    void thereAreEnoughCasesAndEachSaysSomething() throws IOException {
        List<Group.Case> all =
                groups().stream().flatMap(group -> group.cases().stream()).toList();
        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(ENOUGH)
                .allMatch(test -> !test.expectations().isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> asTheManualSays() throws IOException {
        Distribution.prepare();
        List<DynamicTest> tests = new ArrayList<>();
        for (Group group : groups()) {
            Path root = Files.createDirectories(scratch.resolve(group.name())).resolve("site");
            Site.lay(root, group.files());
            Map<Group.Case, CaseRun.Result> outcomes = outcomes(group, root);
            for (Group.Case test : group.cases()) {
                String name = group.name() + ": " + test.name();
                tests.add(DynamicTest.dynamicTest(
                        name, () -> check(test, Objects.requireNonNull(outcomes.get(test)), name)));
            }
        }
        return tests.stream();
    }

    private static List<Group> groups() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".cases"))
                    .sorted()
                    .map(CaseFile::read)
                    .toList();
        }
    }

    private static Map<Group.Case, CaseRun.Result> outcomes(Group group, Path root) {
        Map<Group.Case, CaseRun.Result> outcomes = new LinkedHashMap<>();
        try (Upstreams upstreams = new Upstreams(group.replies());
                Running front =
                        PoundFront.start(scratch.resolve(group.name()), root, group.config(), upstreams.ports())) {
            outcomes.putAll(CaseRun.outcomes(group, front, upstreams));
            assertThat(front.complaints()).isEmpty();
        } catch (AssertionError | RuntimeException | IOException failed) {
            CaseRun.fail(group, outcomes, failed);
        }
        return outcomes;
    }

    private static void check(Group.Case test, CaseRun.Result result, String name) {
        switch (result) {
            case CaseRun.Result.Answered answered ->
                test.expectations().forEach(claim -> Expectation.check(claim, answered.outcome(), answered.answers()));
            case CaseRun.Result.Failed failed -> throw new AssertionError(name + "\n" + failed.why());
        }
    }
}
