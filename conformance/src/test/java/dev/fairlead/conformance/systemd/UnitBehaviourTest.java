package dev.fairlead.conformance.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.os.OsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs small units under the machine's own systemd, booted once in namespaces, and under Fairlead, and
/// compares what happened: what came of each wish, what their commands did in which order, and where they
/// ended.
class UnitBehaviourTest {
    /// Those that end otherwise here, and why (docs/differences.md).
    private static final Map<String, String> DIFFERENT = Map.of();

    private static final Set<PosixFilePermission> EVERYBODYS = PosixFilePermissions.fromString("rwxrwxrwx");

    private static final int AT_ONCE = 10;
    /// How often a case that differs runs again, with nothing beside it, before its difference counts: what was
    /// due to the other cases, or to a busy machine, is no difference between the two.
    private static final int AGAIN = 2;

    /// What both left of a case.
    ///
    /// @param runs how often it ran for that
    private record Outcome(String theirs, String ours, int runs) {
        boolean isSame() {
            return theirs.equals(ours);
        }
    }

    @TestFactory
    List<DynamicTest> unitsBehaveAsUnderSystemd(@TempDir Path folder)
            throws IOException, InterruptedException, ExecutionException, OsException {
        assumeTrue(Files.isExecutable(SystemdMachine.SYSTEMD), "systemd is not installed");
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can boot systemd");
        Files.setPosixFilePermissions(folder, EVERYBODYS);
        List<BehaviourCase> cases = Stream.of("behaviour", "activation")
                .flatMap(kind -> BehaviourCase.all(text(kind + ".cases")).stream())
                .filter(one -> one.name().matches(System.getProperty("behaviour.cases", ".*")))
                .toList();
        Map<String, Outcome> outcomes = new HashMap<>(besideEachOther(cases, folder));
        for (int run = 2; run <= AGAIN + 1; run++) {
            List<BehaviourCase> differing = cases.stream()
                    .filter(one -> !DIFFERENT.containsKey(one.name()))
                    .filter(one -> !outcome(outcomes, one).isSame())
                    .toList();
            if (!differing.isEmpty()) {
                outcomes.putAll(alone(differing, folder.resolve("run-" + run), run));
            }
        }
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(called(one, outcomes), () -> compare(one, outcome(outcomes, one))))
                .toList();
    }

    private static Map<String, Outcome> besideEachOther(List<BehaviourCase> cases, Path folder)
            throws IOException, InterruptedException, ExecutionException, OsException {
        Path theirs = everybodys(folder.resolve("theirs"));
        Path ours = everybodys(folder.resolve("ours"));
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Optional<String>> their = beside.submit(() -> SystemdMachine.run(theirs, cases, AT_ONCE));
            FairleadMachine.run(ours, cases, AT_ONCE);
            Optional<String> obstacle = their.get();
            assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
        }
        return outcomes(cases, theirs, ours, 1);
    }

    private static Map<String, Outcome> alone(List<BehaviourCase> cases, Path folder, int run)
            throws IOException, InterruptedException, OsException {
        everybodys(folder);
        Path theirs = everybodys(folder.resolve("theirs"));
        Path ours = everybodys(folder.resolve("ours"));
        SystemdMachine.run(theirs, cases, 1);
        FairleadMachine.run(ours, cases, 1);
        return outcomes(cases, theirs, ours, run);
    }

    private static Path everybodys(Path folder) throws IOException {
        Files.setPosixFilePermissions(Files.createDirectories(folder), EVERYBODYS);
        Files.writeString(BehaviourCase.peer(folder), text("peer.py"));
        return folder;
    }

    private static Map<String, Outcome> outcomes(List<BehaviourCase> cases, Path theirs, Path ours, int run)
            throws IOException {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (BehaviourCase one : cases) {
            outcomes.put(one.name(), new Outcome(told(theirs, one), told(ours, one), run));
        }
        return outcomes;
    }

    private static Outcome outcome(Map<String, Outcome> outcomes, BehaviourCase one) {
        return Objects.requireNonNull(outcomes.get(one.name()));
    }

    private static String called(BehaviourCase one, Map<String, Outcome> outcomes) {
        int runs = outcome(outcomes, one).runs();
        return runs == 1 ? one.name() : one.name() + ", run " + runs;
    }

    private static void compare(BehaviourCase one, Outcome outcome) {
        if (!DIFFERENT.containsKey(one.name())) {
            assertThat(outcome.ours())
                    .as(
                            "case %s:%n%s",
                            one.name(), String.join("\n", one.units().values()))
                    .isEqualTo(outcome.theirs());
        } else {
            assertThat(outcome.ours())
                    .as("case %s is as systemd's now: take it off the list", one.name())
                    .isNotEqualTo(outcome.theirs());
        }
    }

    private static String told(Path folder, BehaviourCase one) throws IOException {
        Path file = folder.resolve(one.name() + ".out");
        return Files.exists(file) ? Files.readString(file) : "nothing";
    }

    static String text(String resource) {
        try (InputStream text =
                Objects.requireNonNull(UnitBehaviourTest.class.getResourceAsStream("/systemd/" + resource))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
