package dev.fairlead.conformance.gunicorn;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of the two programs, serving an application of the test.
final class AppServer implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Listening at: .*?:(\\d+)");
    private static final int STARTING_SECONDS = 60;

    /// Which program.
    enum Kind {
        GUNICORN,
        FAIRLEAD;

        /// The words it is called by; empty where it is not there.
        Optional<List<String>> command() {
            return switch (this) {
                case GUNICORN -> Distribution.installed("gunicorn").map(path -> List.of(path.toString()));
                case FAIRLEAD -> Distribution.launcher().map(path -> List.of(path.toString(), "gunicorn"));
            };
        }
    }

    private final Kind kind;
    private final ProcessUnderTest process;

    private AppServer(Kind kind, ProcessUnderTest process) {
        this.kind = kind;
        this.process = process;
    }

    /// Starts it and does not wait.
    ///
    /// @param folder where it runs, and where the applications are
    static AppServer start(Kind kind, Path folder, Map<String, String> environment, List<String> options) {
        List<String> command = new ArrayList<>(kind.command().orElseThrow());
        command.addAll(options);
        return new AppServer(kind, ProcessUnderTest.start(folder, variables(folder, environment), command));
    }

    static Map<String, String> variables(Path folder, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "FAIRLEAD_RUNTIME_DIR", folder.resolve(".fairlead").toString(),
                "FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:TieredStopAtLevel=1",
                "PYTHONDONTWRITEBYTECODE", "1",
                "PATH", "/usr/bin:/bin:/usr/sbin:/sbin"));
        variables.putAll(more);
        return variables;
    }

    /// A folder with a copy of an application of the test.
    static Path folder(Path parent, String name, String application) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name));
        Files.copy(Path.of("src/test/resources/gunicorn", application), folder.resolve(application));
        return folder;
    }

    /// Waits until its workers serve.
    ///
    /// @return where it listens first
    int port() {
        String line = process.awaitLine(
                kind + " to listen", text -> PORT.matcher(text).find(), Deadline.inSeconds(STARTING_SECONDS));
        String ready = kind == Kind.FAIRLEAD ? " serves with " : "Booting worker with pid";
        process.awaitLine("a worker of " + kind, text -> text.contains(ready), Deadline.inSeconds(STARTING_SECONDS));
        Matcher port = PORT.matcher(line);
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
    }

    ProcessUnderTest process() {
        return process;
    }

    Kind kind() {
        return kind;
    }

    @Override
    public void close() {
        if (process.running()) {
            process.signal("TERM");
        }
        process.close();
    }
}
