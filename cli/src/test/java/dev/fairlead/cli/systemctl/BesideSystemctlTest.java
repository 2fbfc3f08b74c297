package dev.fairlead.cli.systemctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Said;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each case runs on two copies of one tree: with the machine's systemctl on one and ours on the other. What they
/// print, how they end and the files they leave have to be the same.
class BesideSystemctlTest {
    private static final Path REAL = Path.of("/bin/systemctl");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> fileVerbsDoAsSystemctlDoes() throws IOException {
        assumeTrue(Files.isExecutable(REAL), "systemctl is not installed");
        List<DynamicTest> tests = new ArrayList<>();
        String name = "";
        List<String> commands = new ArrayList<>();
        for (String line : (resource("files.cases") + "== end").lines().toList()) {
            if (line.startsWith("== ")) {
                if (!commands.isEmpty()) {
                    List<String> all = List.copyOf(commands);
                    Path place = folder.resolve(Integer.toString(tests.size()));
                    tests.add(DynamicTest.dynamicTest(name, () -> compare(all, place)));
                }
                name = line.substring(3);
                commands.clear();
            } else {
                commands.add(line);
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(90);
        return tests;
    }

    private static void compare(List<String> commands, Path place) throws IOException, InterruptedException {
        Path theirs = place.resolve("theirs/root");
        Path ours = place.resolve("ours/root");
        plant(theirs);
        plant(ours);
        for (String command : commands) {
            boolean anyOrder = command.startsWith("preset-all");
            String expected = real(theirs, words(theirs, command), anyOrder) + tree(theirs);
            String actual = own(words(ours, command), anyOrder) + tree(ours);
            assertThat(told(actual, ours)).as(command).isEqualTo(told(expected, theirs));
        }
        remove(place);
    }

    /// Before the test's folder is, whose removal has something to say about every link that leads out of it.
    private static void remove(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> words(Path root, String command) {
        List<String> words = new ArrayList<>(List.of("--root=" + root));
        // Quotes keep together, as in a shell.
        Stream.of(command.split(" (?=(?:[^']*'[^']*')*[^']*$)"))
                .map(word -> word.replace("'", ""))
                .forEach(words::add);
        return words;
    }

    private static void plant(Path root) throws IOException {
        for (String entry : resource("tree.txt").split("(?m)^--- ")) {
            if (entry.isBlank()) {
                continue;
            }
            String head = entry.substring(0, entry.indexOf('\n'));
            String[] link = head.split(" -> ");
            Path file = root.resolve(link[0]);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            if (link.length > 1) {
                Files.createSymbolicLink(file, Path.of(link[1]));
            } else {
                Files.writeString(file, entry.substring(head.length() + 1));
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(BesideSystemctlTest.class.getResourceAsStream("/systemctl/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String real(Path root, List<String> words, boolean anyOrder)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("systemctl"));
        line.addAll(words);
        Path out = root.resolveSibling("out");
        Path err = root.resolveSibling("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().keySet().removeIf(name -> name.startsWith("SYSTEMD"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said(process.exitValue(), Files.readString(out), Files.readString(err), anyOrder);
    }

    private static String own(List<String> words, boolean anyOrder) {
        Said said = Said.by((out, err) -> new SystemctlPersonality(out, err).run(words));
        return said(said.status(), said.out(), said.err(), anyOrder);
    }

    private static String said(int status, String out, String err, boolean anyOrder) {
        String errors = anyOrder ? String.join("\n", err.lines().sorted().toList()) + "\n" : inOrder(err);
        return "status " + status + "\n" + out + "-- errors\n" + errors;
    }

    /// Links are removed, and with `preset-all` units enabled, in the order in which the file system lists them.
    private static String inOrder(String text) {
        List<String> lines = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("Removed ")) {
                removed.add(line);
                continue;
            }
            lines.addAll(removed.stream().sorted().toList());
            removed.clear();
            lines.add(line);
        }
        lines.addAll(removed.stream().sorted().toList());
        return String.join("\n", lines) + "\n";
    }

    private static String tree(Path root) throws IOException {
        StringBuilder tree = new StringBuilder("-- files\n");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isSymbolicLink(file)) {
                    tree.append(file)
                            .append(" -> ")
                            .append(Files.readSymbolicLink(file))
                            .append('\n');
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    tree.append(file).append('\n');
                }
            }
        }
        return tree.toString();
    }

    private static String told(String text, Path root) {
        return text.replace(root.toString(), "ROOT");
    }
}
