package dev.fairlead.dialect.upstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.Dump;
import dev.fairlead.dialect.FileSource;
import dev.fairlead.model.service.Job;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Jobs with what is made of them, and broken ones with what is said about them.
class UpstartGoldenTest {
    private static final Path RESOURCES = Path.of("src/test/resources/upstart");
    /// The stanzas of init(5) of Upstart 1.13.
    private static final List<String> STANZAS = List.of(
            "apparmor",
            "author",
            "cgroup",
            "chdir",
            "chroot",
            "console",
            "debug",
            "description",
            "emits",
            "env",
            "exec",
            "expect",
            "export",
            "instance",
            "kill",
            "limit",
            "manual",
            "nice",
            "normal",
            "oom",
            "post-start",
            "post-stop",
            "pre-start",
            "pre-stop",
            "reload",
            "respawn",
            "script",
            "setgid",
            "setuid",
            "start",
            "stop",
            "task",
            "umask",
            "usage",
            "version");

    private static final Set<String> PLAIN = plain();

    private static final String HEAD = """
            # What becomes of each stanza of an Upstart job

            *supported*: as in Upstart, but for what is said. *noted*: read and left aside, with a note. *refused*: an error; the
            stack does not start. (Generated from the program's own table.)

            """;

    @TestFactory
    List<DynamicTest> jobBecomesWhatItsGoldenFileSays() {
        return Golden.cases(RESOURCES.resolve("good"), ".conf", ".expected", UpstartGoldenTest::load);
    }

    @TestFactory
    List<DynamicTest> brokenJobIsShownWithWhatIsWrong() {
        return Golden.cases(RESOURCES.resolve("broken"), ".conf", ".expected", input -> {
            Problems problems = new Problems();
            UpstartDialect.load(input, UpstartOptions.here(), problems);
            assertThat(problems.hasErrors()).isTrue();
            return problems.render().replace(RESOURCES + "/broken/", "") + "\n";
        });
    }

    @Test
    void overrideChangesWhatItNamesAndLeavesTheRest() {
        Golden.check(RESOURCES.resolve("folder.expected"), load(RESOURCES.resolve("folder/init")));
    }

    @Test
    void documentationHoldsTheTableOfStanzas() {
        Golden.check(Path.of("../docs/upstart-stanzas.md"), HEAD + CompatibilityTable.markdown());
    }

    @Test
    void everyStanzaOfTheManualHasARow() {
        assertThat(Stanzas.names()).containsAll(STANZAS);
    }

    private static String load(Path path) {
        Problems problems = new Problems();
        List<Job> jobs = UpstartDialect.load(path, UpstartOptions.here(), problems);
        String said = problems.isEmpty() ? "" : problems.render() + "\n\n";
        return (said + jobs.stream().map(UpstartGoldenTest::unusual).collect(Collectors.joining("\n")))
                .replace(RESOURCES + "/", "");
    }

    /// What is not as in a job that says nothing but its command.
    private static String unusual(Job job) {
        return Dump.of(job)
                .lines()
                .filter(line -> !PLAIN.contains(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Set<String> plain() {
        UpstartOptions options =
                new UpstartOptions(Optional.empty(), FileSource.of(Map.of("/jobs/plain.conf", "exec /bin/plain\n")));
        return UpstartDialect.load(Path.of("/jobs"), options, new Problems()).stream()
                .flatMap(job -> Dump.of(job).lines())
                .collect(Collectors.toUnmodifiableSet());
    }
}
