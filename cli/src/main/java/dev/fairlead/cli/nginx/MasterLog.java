package dev.fairlead.cli.nginx;

import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Lines about the program itself, in the form of nginx's error log and in the same files. The file is opened
/// for each
/// line, so that it can be moved away at any time.
final class MasterLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Clock clock;
    private final PrintStream err;
    private volatile List<Logging.ErrorLog> logs;

    MasterLog(List<Logging.ErrorLog> logs, Clock clock, PrintStream err) {
        this.logs = List.copyOf(logs);
        this.clock = clock;
        this.err = err;
    }

    /// The logs of a newer configuration.
    void use(List<Logging.ErrorLog> next) {
        logs = List.copyOf(next);
    }

    /// @param message one line, or several: those after the first are indented as they come
    void write(LogLevel level, String message) {
        long pid = ProcessHandle.current().pid();
        String line = TIME.format(Instant.ofEpochMilli(clock.wallMillis())) + " [" + level.word() + "] " + pid + "#"
                + pid + ": " + message + "\n";
        for (Logging.ErrorLog log : logs) {
            if (level.compareTo(log.least()) >= 0) {
                write(log.target(), line);
            }
        }
    }

    private void write(Logging.Target target, String line) {
        switch (target) {
            case Logging.Target.File file
            when file.path().isConstant() -> append(Path.of(file.path().constantText()), line);
            case Logging.Target.File _, Logging.Target.StandardError _ -> err.print(line);
            case Logging.Target.StandardOutput _ -> System.out.print(line);
            // The engine's own lines go there; those of the program are few and belong where a person looks.
            case Logging.Target.Syslog _ -> err.print(line);
            case Logging.Target.Nowhere _ -> {}
        }
    }

    private void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            err.print(line);
        }
    }
}
