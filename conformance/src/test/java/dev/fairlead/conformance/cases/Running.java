package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that runs a group's configuration as a process of its own, ours or the one it is compared with.
public final class Running implements AutoCloseable, Served {
    private static final int STARTING_SECONDS = 60;

    /// What it is for Fairlead to be under test: every leaked buffer told, and compiled quickly.
    private static final Map<String, String> ENVIRONMENT =
            Map.of("FAIRLEAD_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid -XX:TieredStopAtLevel=1");

    private final Setting setting;
    private final ProcessUnderTest process;

    /// @param folder where it works and logs
    /// @param keys where certificates and keys are
    /// @param hasOwnFields whether it writes Date and Server itself
    /// @param logs where it logs to
    public record Setting(Path folder, Path keys, Names names, boolean hasOwnFields, Optional<LogServer> logs) {
        public Setting(Path folder, Path keys, Names names, boolean hasOwnFields) {
            this(folder, keys, names, hasOwnFields, Optional.empty());
        }
    }

    private Running(Setting setting, ProcessUnderTest process) {
        this.setting = setting;
        this.process = process;
    }

    /// Returns once it listens on its first port.
    ///
    /// @throws AssertionError if it ends or does not listen within 60 s, with what it said
    public static Running start(Setting setting, List<String> command) throws IOException {
        Running running = new Running(setting, ProcessUnderTest.start(setting.folder(), ENVIRONMENT, command));
        try {
            Deadline.inSeconds(STARTING_SECONDS).await(command + " to listen", () -> {
                if (!running.process.running()) {
                    throw new AssertionError(command + " did not start:\n" + running.process.output());
                }
                return Ports.isListening(running.port(1));
            });
        } catch (AssertionError failed) {
            running.close();
            throw failed;
        }
        return running;
    }

    @Override
    public Path keys() {
        return setting.keys();
    }

    @Override
    public int port(int number) {
        return setting.names().port(number);
    }

    @Override
    public boolean hasOwnFields() {
        return setting.hasOwnFields();
    }

    @Override
    public List<String> logged(int expected) {
        return setting.logs().orElseThrow().next(expected).stream()
                .map(this::generalised)
                .sorted()
                .toList();
    }

    @Override
    public String generalised(String text) {
        return setting.names().generalised(text);
    }

    @Override
    public String specialised(String text) {
        return setting.names().specialised(text);
    }

    /// Lines of its output and of an `error.log` that should not be there: leaks, crashes and the like.
    public List<String> complaints() throws IOException {
        Path errors = setting.folder().resolve("error.log");
        String log = Files.exists(errors) ? Files.readString(errors, StandardCharsets.ISO_8859_1) : "";
        return (process.output() + "\n" + log)
                .lines()
                .filter(line -> line.contains("LEAK:") || line.contains("Exception") || line.contains("[alert]"))
                .toList();
    }

    /// What it has written by now to files `*.log` other than `error.log`, by their names.
    public Map<String, String> logs() throws IOException {
        Map<String, String> logs = new LinkedHashMap<>();
        try (var files = Files.list(setting.folder())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("error.log")) {
                    logs.put(name, generalised(Files.readString(file, StandardCharsets.ISO_8859_1)));
                }
            }
        }
        return logs;
    }

    @Override
    public void close() {
        if (process.running()) {
            process.signal("TERM");
        }
        process.close();
    }
}
