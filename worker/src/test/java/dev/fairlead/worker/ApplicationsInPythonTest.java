package dev.fairlead.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs the tests that are written in Python, over the files as the product puts them: all of them under the first
/// Python found, and those of WSGI and ASGI under one of each other version that is promised.
class ApplicationsInPythonTest {
    private static final int OLDEST = 9;
    private static final int NEWEST = 13;
    private static final int AT_ONCE = 3;
    private static final int FEW_LINES = 20;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final Pattern RAN = Pattern.compile("Ran [1-9][0-9]* tests");
    /// What stands between the failures that unittest tells.
    private static final String BLOCK = "=".repeat(70);
    private static final String ASK = "import sys; print(*sys.version_info[:2], sys.implementation.name)";

    @TempDir
    private static Path folder;

    record Python(String version, Path program, List<String> modules) {
        @Override
        public String toString() {
            return version + " (" + program + ")";
        }
    }

    /// They mostly wait, so that some run beside each other.
    @TestFactory
    Stream<DynamicTest> whatIsClaimedInPythonHolds() throws IOException {
        Path side = PythonSide.unpack(folder.resolve("side")).resolve("fairlead_worker");
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Map<Python, Future<String>> runs = new LinkedHashMap<>();
            pythons().forEach(python -> runs.put(python, threads.submit(() -> failures(python, side))));
            return runs.entrySet().stream()
                    .map(run -> DynamicTest.dynamicTest(
                            run.getKey().toString(),
                            () -> assertThat(run.getValue().get()).isEmpty()))
                    .toList()
                    .stream();
        }
    }

    /// What fails under this one, the most telling first; empty if nothing does.
    private static String failures(Python python, Path side) {
        List<String> command = new ArrayList<>(List.of(python.program().toString(), "-m", "unittest", "-v"));
        command.addAll(python.modules());
        Map<String, String> environment =
                Map.of("FAIRLEAD_WORKER", side.toString(), "PYTHONDONTWRITEBYTECODE", "1", "PYTHONUNBUFFERED", "1");
        try (var tests = ProcessUnderTest.start(Path.of("src/test/python").toAbsolutePath(), environment, command)) {
            Deadline deadline = Deadline.inSeconds(400);
            while (tests.running() && !deadline.passed()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (tests.running()) {
                return "still running, at:\n" + lastOf(tests.output());
            }
            boolean isWell = tests.awaitExit(deadline) == 0
                    && RAN.matcher(tests.output()).find();
            return isWell ? "" : failures(tests.output());
        }
    }

    /// The names of the tests that failed, then their tracebacks: unittest tells them behind all that was said
    /// meanwhile.
    private static String failures(String output) {
        int first = output.indexOf('\n' + BLOCK);
        if (first < 0) {
            return lastOf(output);
        }
        List<String> blocks = List.of(output.substring(first + 1).split(BLOCK + "\n", -1));
        String names = blocks.stream().flatMap(block -> block.lines().limit(1)).collect(Collectors.joining("\n"));
        return names.strip() + "\n" + String.join("", blocks);
    }

    private static String lastOf(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - FEW_LINES), lines.size()));
    }

    static Collection<Python> pythons() {
        Map<String, Python> byVersion = new TreeMap<>();
        for (Path program : programs()) {
            String version = version(program);
            if (!version.isEmpty()) {
                List<String> modules = byVersion.isEmpty() ? List.of() : modules(version);
                byVersion.putIfAbsent(version, new Python(version, program, modules));
            }
        }
        assertThat(byVersion).as("versions of Python on this machine").isNotEmpty();
        return byVersion.values();
    }

    /// What is run under versions other than the first: asyncio changes most from the oldest to the newest.
    private static List<String> modules(String version) {
        List<String> modules = new ArrayList<>(List.of("test_sources", "test_validated", "test_wsgi"));
        if (version.equals("3." + OLDEST) || version.equals("3." + NEWEST)) {
            modules.addAll(List.of("test_asgi_http", "test_asgi_socket"));
        }
        return modules;
    }

    /// Debian's own comes first: it is the one with gevent.
    private static List<Path> programs() {
        List<String> folders = new ArrayList<>(List.of("/usr/bin", "/usr/local/bin"));
        folders.addAll(List.of(System.getenv("PATH").split(File.pathSeparator)));
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> all = Files.list(versions)) {
                all.sorted()
                        .forEach(version -> folders.add(version.resolve("bin").toString()));
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
        List<String> names = new ArrayList<>(List.of("python3"));
        IntStream.rangeClosed(OLDEST, NEWEST).forEach(minor -> names.add("python3." + minor));
        return folders.stream()
                .flatMap(in -> names.stream().map(name -> Path.of(in, name)))
                .filter(Files::isExecutable)
                .distinct()
                .toList();
    }

    /// @return such as `3.11`; empty if it does not run, or is none that is promised
    private static String version(Path program) {
        try (var asked = ProcessUnderTest.start(folder, program.toString(), "-c", ASK)) {
            if (asked.awaitExit(Deadline.inSeconds(60)) != 0) {
                return "";
            }
            String[] told = asked.output().split(" ");
            int minor = Integer.parseInt(told[1]);
            boolean isPromised = told[0].equals("3") && minor >= OLDEST && minor <= NEWEST && told[2].equals("cpython");
            return isPromised ? "3." + told[1] : "";
        }
    }
}
