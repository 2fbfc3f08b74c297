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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the tests that are written in Python, over the files as the product puts them: all of them under the first
/// Python found, and those of WSGI and ASGI under one of each other version that is promised.
class ApplicationsInPythonTest {
    private static final int OLDEST = 9;
    private static final int NEWEST = 13;
    private static final String ASK = "import sys; print(*sys.version_info[:2], sys.implementation.name)";

    @TempDir
    private static Path folder;

    record Python(String version, Path program, List<String> modules) {
        @Override
        public String toString() {
            return version + " (" + program + ")";
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pythons")
    void whatIsClaimedInPythonHolds(Python python) throws IOException {
        Path side = PythonSide.unpack(folder.resolve("side")).resolve("fairlead_worker");
        List<String> command = new ArrayList<>(List.of(python.program().toString(), "-m", "unittest", "-v"));
        command.addAll(python.modules());
        Map<String, String> environment =
                Map.of("FAIRLEAD_WORKER", side.toString(), "PYTHONDONTWRITEBYTECODE", "1", "PYTHONUNBUFFERED", "1");
        try (var tests = ProcessUnderTest.start(Path.of("src/test/python").toAbsolutePath(), environment, command)) {
            int status = tests.awaitExit(Deadline.inSeconds(400));
            assertThat(status).as(tests.output()).isZero();
            assertThat(tests.output()).containsPattern("Ran [1-9][0-9]* tests");
        }
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
