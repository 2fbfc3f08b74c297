package dev.fairlead.conformance.frameworks;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// An application of this package's resources, run by `fairlead gunicorn`.
final class Workers implements AutoCloseable {
    /// The interpreter that Debian's packages are for.
    static final Path PYTHON = Path.of("/usr/bin/python3");

    final int port = Ports.free();
    private final Path folder;
    private final ProcessUnderTest process;

    /// @param scratch where the application and the control socket go
    Workers(Path scratch, Map<String, String> environment, String target, String... options) {
        folder = scratch;
        copy(target.substring(0, target.indexOf(':')) + ".py");
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PATH", PYTHON.getParent() + ":" + System.getenv().getOrDefault("PATH", ""));
        variables.put("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString());
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        List<String> command = new ArrayList<>(
                List.of(Distribution.launcher().orElseThrow().toString(), "gunicorn", "-b", "127.0.0.1:" + port));
        command.addAll(List.of(options));
        command.add(target);
        process = ProcessUnderTest.startUntil(
                "a generation that serves", line -> line.contains(" serves with "), scratch, variables, command);
    }

    /// Skips the test where the machine has not what it needs.
    static void require(String... modules) {
        Assumptions.assumeTrue(Distribution.launcher().isPresent(), "there is no ./fairlead to run");
        Assumptions.assumeTrue(Files.isExecutable(PYTHON), PYTHON + " is not installed");
        for (String module : modules) {
            ProcessUnderTest tried = ProcessUnderTest.run(Path.of("/"), PYTHON.toString(), "-c", "import " + module);
            Assumptions.assumeTrue(
                    tried.awaitExit(Deadline.inSeconds(60)) == 0, "Python's " + module + " is not installed");
        }
        Distribution.prepare();
    }

    private void copy(String name) {
        copyTo(folder.resolve(name), name);
    }

    static void copyTo(Path target, String name) {
        try (InputStream resource =
                Objects.requireNonNull(Workers.class.getResourceAsStream("/frameworks/" + name), name)) {
            Files.copy(resource, target);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Wire connect() {
        return Wire.connect(port).patience(java.time.Duration.ofSeconds(60));
    }

    Reply get(String path) {
        return ask("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\n\r\n");
    }

    Reply post(String path, String type, String body) {
        return ask("POST " + path + " HTTP/1.1\r\nHost: shop.example\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /// A request on a connection of its own.
    private Reply ask(String request) {
        try (Wire wire = connect()) {
            wire.sendRaw(request);
            return wire.reply();
        }
    }

    String output() {
        return process.output();
    }

    /// Waits until it says something that contains `text`.
    void awaitLine(String text) {
        process.awaitLine(text, line -> line.contains(text), Deadline.inSeconds(60));
    }

    void signal(String name) {
        process.signal(name);
    }

    int awaitExit() {
        return process.awaitExit(Deadline.inSeconds(40));
    }

    @Override
    public void close() {
        process.close();
    }
}
