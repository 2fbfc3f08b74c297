package dev.fairlead.conformance.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.conformance.Difference;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Has the machine's own `systemd-analyze verify` and `fairlead check` look at the same unit files, and compares
/// which lines they warn of and which units they refuse.
class VerifyTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final int PATIENCE = 120;
    private static final Pattern THEIR_LINE = Pattern.compile("^/.*/([^/:]+):(\\d+): .*");
    private static final Pattern THEIR_UNIT = Pattern.compile("^([^/:\\s]+): .*");
    private static final Pattern THEIR_REFUSAL =
            Pattern.compile("^Unit (\\S+) (?:has a bad unit file setting|failed to load properly).*");
    private static final Pattern OUR_LINE = Pattern.compile("^(?:.*/)?([^/:]+):(\\d+):\\d+: (warning|error): .*");

    /// What is told where the other says nothing, and why (docs/differences.md).
    private static final List<Difference> ALLOWED = List.of(
            Difference.of("Names of capabilities are read", "bad-capability\\.service", "ours: line .*", """
                    A capability that nobody knows is warned of. systemd 252 passes over it without a word, and the service starts with
                    fewer rights than its file seems to give.\
                    """),
            Difference.of("The section for installing is read", "bad-install\\.service", "ours: line 4", """
                    Names in WantedBy= and its like that no unit can have are warned of. systemd reads them when the unit is enabled, and
                    not before.\
                    """),
            Difference.of(
                    "A timer says what it starts",
                    "lonely-timer\\.timer",
                    "ours: line 1",
                    "Where the unit that a timer starts is not there, that is warned of, as both do for a socket."),
            Difference.of("Cycles are told when units are started", "cycle-[ab]\\.service", "theirs: unit", """
                    A cycle in the order of units is found when they are to be started, and named with its lines then; `check` starts
                    nothing.\
                    """));

    /// What one of them says of a unit.
    ///
    /// @param lines of its file that are warned of
    /// @param isTold whether something is said of the unit as a whole
    private record Verdict(Set<Integer> lines, boolean isTold, boolean isRefused) {
        Verdict() {
            this(new TreeSet<>(), false, false);
        }

        Verdict line(int line) {
            lines.add(line);
            return this;
        }

        Verdict told() {
            return new Verdict(lines, true, isRefused);
        }

        Verdict refused() {
            return new Verdict(lines, isTold, true);
        }
    }

    @TestFactory
    Stream<DynamicTest> checkSaysWhatSystemdSays(@TempDir Path folder) throws IOException {
        Distribution.require();
        assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
        Map<String, String> units = units();
        assertThat(units).hasSizeGreaterThan(60);
        for (Map.Entry<String, String> unit : units.entrySet()) {
            Files.writeString(folder.resolve(unit.getKey()), unit.getValue());
        }
        Map<String, Verdict> theirs = theirs(folder, units.keySet());
        Map<String, Verdict> ours = ours(folder, units.keySet());
        return units.keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> compare(name, theirs, ours)));
    }

    private static void compare(String name, Map<String, Verdict> theirs, Map<String, Verdict> ours) {
        Verdict their = Objects.requireNonNull(theirs.get(name));
        Verdict our = Objects.requireNonNull(ours.get(name));
        List<String> differences = new ArrayList<>();
        their.lines.stream()
                .filter(line -> !our.lines.contains(line))
                .forEach(line -> differences.add("theirs: line " + line));
        // They name no line for what is wrong with a unit as a whole.
        boolean isTold = their.isTold || their.isRefused;
        our.lines.stream()
                .filter(line -> !their.lines.contains(line) && !isTold)
                .forEach(line -> differences.add("ours: line " + line));
        if (isTold && our.lines.isEmpty()) {
            differences.add("theirs: unit");
        }
        if (their.isRefused != our.isRefused) {
            differences.add((their.isRefused ? "theirs" : "ours") + ": refused");
        }
        differences.removeIf(
                aspect -> Difference.covering(ALLOWED, name, aspect).isPresent());
        assertThat(differences).as("theirs %s, ours %s", their, our).isEmpty();
    }

    private static Map<String, Verdict> theirs(Path folder, Set<String> names) {
        List<String> command = new ArrayList<>(List.of(ANALYZE.toString(), "verify", "--man=no"));
        names.forEach(name -> command.add(folder.resolve(name).toString()));
        Map<String, Verdict> verdicts = none(names);
        output(folder, command).lines().forEach(line -> {
            Matcher ofLine = THEIR_LINE.matcher(line);
            Matcher ofUnit = THEIR_UNIT.matcher(line);
            Matcher refusal = THEIR_REFUSAL.matcher(line);
            if (ofLine.matches()) {
                verdicts.computeIfPresent(
                        ofLine.group(1), (name, before) -> before.line(Integer.parseInt(ofLine.group(2))));
            } else if (ofUnit.matches()) {
                verdicts.computeIfPresent(ofUnit.group(1), (name, before) -> before.told());
            } else if (refusal.matches()) {
                verdicts.computeIfPresent(refusal.group(1), (name, before) -> before.refused());
            }
        });
        return verdicts;
    }

    private static Map<String, Verdict> ours(Path folder, Set<String> names) {
        Map<String, Verdict> verdicts = none(names);
        List<String> command = List.of(Distribution.launcher().orElseThrow().toString(), "check", folder.toString());
        output(folder, command).lines().forEach(line -> {
            Matcher ofLine = OUR_LINE.matcher(line);
            if (ofLine.matches()) {
                verdicts.computeIfPresent(ofLine.group(1), (name, before) -> {
                    Verdict now = before.line(Integer.parseInt(ofLine.group(2)));
                    return ofLine.group(3).equals("error") ? now.refused() : now;
                });
            }
        });
        return verdicts;
    }

    private static Map<String, Verdict> none(Set<String> names) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        names.forEach(name -> verdicts.put(name, new Verdict()));
        return verdicts;
    }

    /// Both end with an error, as some of the units are wrong.
    private static String output(Path folder, List<String> command) {
        try (ProcessUnderTest process = ProcessUnderTest.start(folder, Map.of("FAIRLEAD_NO_BUILD", "1"), command)) {
            process.awaitExit(Deadline.inSeconds(PATIENCE));
            return process.output();
        }
    }

    private static Map<String, String> units() throws IOException {
        Map<String, String> units = new LinkedHashMap<>();
        try (InputStream in = VerifyTest.class.getResourceAsStream("/systemd/verify.cases")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.split("(?m)^--- ", -1)) {
                if (!part.startsWith("#")) {
                    int end = part.indexOf('\n');
                    units.put(part.substring(0, end), part.substring(end + 1));
                }
            }
        }
        return units;
    }

    @Test
    void theDocumentationTellsEveryAllowedDifference() throws IOException {
        String page = Files.readString(Distribution.checkout().resolve("docs/differences.md"), StandardCharsets.UTF_8);
        int part = page.indexOf("\n# Where fairlead check says otherwise than systemd-analyze verify\n");
        int first = page.indexOf("\n## ", part);
        int next = page.indexOf("\n# ", first);
        assertThat(page.substring(first + 1, next)).isEqualTo(Difference.page(ALLOWED));
    }
}
