package dev.fairlead.conformance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A copy of `examples/airbnb` on ports that are free and with its logs beside it, run by `fairlead up`.
final class Airbnb implements AutoCloseable {
    final int port = Ports.free();
    final Path folder;
    private final Path scratch;
    private final String launcher;
    private final Map<String, String> environment;
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private final ProcessUnderTest process;

    /// @param gunicorn which program the units name
    /// @param hasFlask whether the applications may see it
    /// @param options of `up`
    Airbnb(Path scratch, String gunicorn, boolean hasFlask, String... options) throws IOException {
        this.scratch = scratch;
        folder = scratch.resolve("airbnb");
        launcher = Distribution.launcher().orElseThrow().toString();
        environment = Map.of("FAIRLEAD_RUNTIME_DIR", scratch.resolve("run").toString());
        replaced.put("/usr/bin/gunicorn", gunicorn);
        replaced.put("/tmp/airbnb", scratch.resolve("gunicorn").toString());
        replaced.put("0.0.0.0", "127.0.0.1");
        for (int number = 5000; number < 5004; number++) {
            replaced.put("" + number, "" + Ports.free());
        }
        ExampleFolder.copy("airbnb", folder, replaced, "conf|service|env");
        if (!hasFlask) {
            Files.writeString(file("srv/airbnb/flask.py"), "raise ImportError('hidden by the test')\n");
        }
        List<String> command = new ArrayList<>(List.of(launcher, "up", folder.toString(), "--ports", "80=" + port));
        command.addAll(List.of(options));
        process = ProcessUnderTest.startUntil(
                "that it is ready", line -> line.startsWith("ready"), scratch, environment, command);
    }

    Path file(String path) {
        return folder.resolve(path);
    }

    /// A file that gunicorn's command line names, `access.log` or `error.log` or `.pid` after `/tmp/airbnb`.
    Path written(String end) {
        return scratch.resolve("gunicorn" + end);
    }

    Reply get(String path) {
        return ask("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    }

    Reply post(String path, String json) {
        return ask("POST " + path + " HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/json\n"
                + "Content-Length: " + json.length() + "\n\n" + json);
    }

    private Reply ask(String request) {
        try (Wire wire = Wire.connect(port).patience(Duration.ofSeconds(60))) {
            wire.send(request);
            return wire.reply();
        }
    }

    /// Waits until the real gunicorn's workers listen: their units count as running before.
    void awaitAnswering() {
        for (String path : List.of("/", "/api/v1/status", "/airbnb-onepage/", "/airbnb-dynamic/number_odd_or_even/1")) {
            Deadline.inSeconds(60).await("an answer to " + path, () -> get(path).status() == 200);
        }
    }

    /// Says a command of `fairlead` to the running stack, and returns what it prints.
    String say(int status, String... command) {
        List<String> whole = new ArrayList<>(List.of(launcher));
        whole.addAll(Arrays.asList(command));
        whole.addAll(List.of("-C", folder.toString()));
        ProcessUnderTest told = ProcessUnderTest.start(folder, environment, whole);
        assertThat(told.awaitExit(Deadline.inSeconds(60))).as(told::output).isEqualTo(status);
        return told.output();
    }

    /// Asks the control socket for something that has no command, such as `units/airbnb/stop`.
    String control(String what) throws IOException {
        try (Stream<Path> sockets = Files.list(scratch.resolve("run"))) {
            String socket = sockets.filter(path -> path.toString().endsWith(".sock"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
            ProcessUnderTest curl = ProcessUnderTest.start(
                    scratch,
                    "curl",
                    "-s",
                    "--unix-socket",
                    socket,
                    "-H",
                    "Accept: text/plain",
                    "-X",
                    "POST",
                    "http://x/" + what);
            curl.awaitExit(Deadline.inSeconds(60));
            return curl.output();
        }
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.signal("TERM");
        process.awaitExit(Deadline.inSeconds(60));
        process.close();
    }
}
