package dev.fairlead.conformance.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.cli.systemctl.SystemctlPersonality;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Said;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The verbs of systemctl that need something that runs: the machine's own systemctl asks its own systemd, booted
/// in namespaces, and ours asks our supervisor, the same things about the same units in the same order. What they
/// print and how they end has to be the same.
@Timeout(600)
class LiveVerbsTest {
    private static final int PATIENCE = 60;
    /// Steps that are answered otherwise here, and why (docs/differences.md).
    private static final Map<String, String> DIFFERENT = Map.of(
            "show -p Wants,Requires,Conflicts,PartOf t-wants", "there are no slices",
            "list-dependencies t-wants", "there are no slices",
            "list-dependencies t-wants --plain", "there are no slices",
            "isolate nope", "it says that there is no such unit",
            "show-environments", "it says what may be meant");

    @TestFactory
    List<DynamicTest> liveVerbsAnswerAsSystemctlDoes(@TempDir Path theirs, @TempDir Path ours)
            throws IOException, InterruptedException, ExecutionException {
        assumeTrue(Files.isExecutable(SystemdMachine.SYSTEMD), "systemd is not installed");
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can boot systemd");
        Distribution.require();
        List<String> steps = resource("live.steps")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        plant(theirs);
        plant(ours);
        Optional<String> obstacle;
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Optional<String>> their =
                    beside.submit(() -> SystemdMachine.boot(theirs, units(theirs), "", script(theirs, steps)));
            perform(ours, steps);
            obstacle = their.get();
        }
        assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            String expected = told(theirs, i);
            String actual = told(ours, i);
            if (!step.startsWith("until ")) {
                tests.add(DynamicTest.dynamicTest((i + 1) + ": " + step, () -> compare(step, actual, expected)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(100);
        return tests;
    }

    private static void compare(String step, String actual, String expected) {
        if (DIFFERENT.containsKey(step)) {
            assertThat(actual)
                    .as("it is as systemctl's now: take it off the list")
                    .isNotEqualTo(expected);
        } else {
            assertThat(actual).as("systemctl " + step).isEqualTo(expected);
        }
    }

    private static Path units(Path folder) {
        return folder.resolve("etc/systemd/system");
    }

    private static void plant(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path units = Files.createDirectories(units(folder));
        List<String> names = new ArrayList<>();
        for (String part : resource("live.units").split("(?m)^== ", -1)) {
            if (!part.isBlank()) {
                String name = part.substring(0, part.indexOf('\n'));
                names.add(name);
                String text = part.substring(name.length() + 1).replace("@folder", folder.toString());
                Files.writeString(
                        units.resolve(name),
                        text.contains("[Unit]")
                                ? text.replace("[Unit]\n", "[Unit]\nDefaultDependencies=no\n")
                                : "[Unit]\nDefaultDependencies=no\n" + text);
            }
        }
        Files.createSymbolicLink(units.resolve("t-masked.service"), Path.of("/dev/null"));
        // With this link none but this one comes up by itself here.
        Path wants = Files.createDirectory(units.resolve("multi-user.target.wants"));
        Files.createSymbolicLink(wants.resolve("t-keep.service"), Path.of("../t-keep.service"));
        // systemd forgets units that nothing names; a supervisor of a stack does not.
        Path more = Files.createDirectory(units.resolve("driver.service.d"));
        Files.writeString(more.resolve("names.conf"), "[Unit]\nAfter=" + String.join(" ", names) + "\n");
    }

    /// For the real one: each step leaves what it printed and how it ended in files.
    private static String script(Path folder, List<String> steps) {
        StringBuilder script = new StringBuilder("""
                cd @folder
                touch begun
                systemctl start t-keep
                export LC_ALL=C.UTF-8
                until_() { for i in $(seq 300); do [ "$(systemctl is-active "$1")" = "$2" ] && return; sleep 0.1; done; }
                """.replace("@folder", folder.toString()));
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i).replace("@folder", folder.toString());
            String command = step.startsWith("$ ")
                    ? step.substring(2)
                    : step.startsWith("until ")
                            ? "until_ " + step.substring(6)
                            : "systemctl --no-pager --lines=0 " + step;
            script.append("set -f; ")
                    .append(command)
                    .append(" >%d.out 2>%d.err </dev/null; echo $? >%d.status\n".formatted(i, i, i));
        }
        return script.append("touch done\n").toString();
    }

    private static void perform(Path folder, List<String> steps) throws IOException {
        Map<String, String> environment =
                Map.of("FAIRLEAD_RUNTIME_DIR", folder.resolve("run").toString(), "LANG", "C.UTF-8");
        String launcher = Distribution.launcher().orElseThrow().toString();
        try (ProcessUnderTest up =
                ProcessUnderTest.start(folder, environment, List.of(launcher, "up", folder.toString()))) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(120));
            String socket = socket(folder);
            for (int i = 0; i < steps.size(); i++) {
                String step = steps.get(i).replace("@folder", folder.toString());
                if (step.startsWith("$ ")) {
                    ProcessUnderTest done = ProcessUnderTest.run(folder, "bash", "-c", step.substring(2));
                    String output = done.output().strip();
                    write(folder, i, 0, output.isEmpty() ? "" : output + "\n", "");
                } else if (step.startsWith("until ")) {
                    await(step, socket);
                } else {
                    List<String> words = new ArrayList<>(List.of("--no-pager", "--lines=0"));
                    words.addAll(words(step));
                    Said said = systemctl(socket, words);
                    write(folder, i, said.status(), said.out(), said.err());
                }
            }
        }
    }

    /// The steps after it show where it did not come to that.
    private static void await(String step, String socket) {
        String[] words = step.split(" ", -1);
        try {
            Deadline.inSeconds(PATIENCE)
                    .await(
                            step,
                            () -> systemctl(socket, List.of("is-active", words[1]))
                                    .out()
                                    .equals(words[2] + "\n"));
        } catch (AssertionError late) {
            return;
        }
    }

    private static void write(Path folder, int step, int status, String out, String err) throws IOException {
        Files.writeString(folder.resolve(step + ".out"), out);
        Files.writeString(folder.resolve(step + ".err"), err);
        Files.writeString(folder.resolve(step + ".status"), status + "\n");
    }

    private static String socket(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            return files.filter(file -> file.toString().endsWith(".sock"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    /// Quotes keep together, as in a shell.
    private static List<String> words(String step) {
        return Stream.of(step.split(" (?=(?:[^']*'[^']*')*[^']*$)"))
                .map(word -> word.replace("'", ""))
                .toList();
    }

    private static Said systemctl(String socket, List<String> words) {
        List<String> all = new ArrayList<>(List.of("-C", socket));
        all.addAll(words);
        return Said.by((out, err) -> new SystemctlPersonality(out, err).run(all));
    }

    private static String told(Path folder, int step) throws IOException {
        Path status = folder.resolve(step + ".status");
        if (!Files.exists(status)) {
            return "nothing";
        }
        String text = "status " + Files.readString(status) + Files.readString(folder.resolve(step + ".out"))
                + "-- errors\n" + Files.readString(folder.resolve(step + ".err"));
        return neutral(text.replace(folder.toString(), "FOLDER"));
    }

    /// Without what is different each time, and the lines of `status` that docs/systemd.md says are not shown.
    private static String neutral(String text) {
        return text.replaceAll("(?m)^ *(Duration|Process|Tasks|Memory|CPU|CGroup): .*\n", "")
                .replaceAll("(?m)^ {13}[├└]─.*\n", "")
                .replaceAll("(?m)^Failed to dump process list .*\n", "")
                .replaceAll("(?m) since .*$", " since MOMENT")
                .replaceAll("(?m)^(   Main PID: )\\d+", "$1N")
                .replaceAll("(?m)^\\d+ +(?=t-)", "N ")
                .replaceAll("(?m)^PATH=.*", "PATH");
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = Objects.requireNonNull(LiveVerbsTest.class.getResourceAsStream("/systemd/" + name))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
