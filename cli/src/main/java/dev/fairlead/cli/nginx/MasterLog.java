package dev.fairlead.cli.nginx;

import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.time.Clock;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lines about the program itself, in the form of nginx's error log and in the same files. Safe for use by
/// several threads.
final class MasterLog {
    private final Clock clock;
    private final PrintStream err;
    private List<Logging.ErrorLog> logs;
    private List<Sink> sinks = List.of();

    private record Sink(LogLevel least, OutputStream out) {}

    MasterLog(List<Logging.ErrorLog> logs, Clock clock, PrintStream err) {
        this.clock = clock;
        this.err = err;
        this.logs = List.copyOf(logs);
        open();
    }

    /// Goes on with the logs of a newer configuration.
    synchronized void use(List<Logging.ErrorLog> next) {
        logs = List.copyOf(next);
        open();
    }

    /// Opens the files again by their names. If one may not be opened any more, all stay as they are.
    synchronized void open() {
        List<Sink> opened = new ArrayList<>();
        try {
            for (Logging.ErrorLog log : logs) {
                opened.add(new Sink(log.least(), open(log.target())));
            }
        } catch (IOException refused) {
            opened.forEach(this::close);
            if (sinks.isEmpty()) {
                sinks = List.of(new Sink(LogLevel.NOTICE, err));
            }
            return;
        }
        sinks.forEach(this::close);
        sinks = opened;
    }

    private OutputStream open(Logging.Target target) throws IOException {
        return switch (target) {
            case Logging.Target.File file
            when file.path().isConstant() ->
                new FileOutputStream(Path.of(file.path().constantText()).toFile(), true);
            case Logging.Target.StandardOutput _ -> System.out;
            case Logging.Target.Nowhere _ -> OutputStream.nullOutputStream();
            // Syslog is for requests; what the program says of itself is little and belongs where a person looks.
            case Logging.Target.File _, Logging.Target.StandardError _, Logging.Target.Syslog _ -> err;
        };
    }

    private void close(Sink sink) {
        if (sink.out() instanceof FileOutputStream file) {
            try {
                file.close();
            } catch (IOException lost) {
                err.println("nginx: [alert] close() failed: " + lost.getMessage());
            }
        }
    }

    /// @param message one line
    synchronized void write(LogLevel level, String message) {
        List<Sink> interested = sinks.stream()
                .filter(sink -> level.compareTo(sink.least()) >= 0)
                .toList();
        if (interested.isEmpty()) {
            return;
        }
        byte[] line = line(level, message).getBytes(StandardCharsets.UTF_8);
        interested.forEach(sink -> write(sink, line));
    }

    private String line(LogLevel level, String message) {
        long pid = ProcessHandle.current().pid();
        String time = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT)
                .format(Instant.ofEpochMilli(clock.wallMillis()).atZone(ZoneId.systemDefault()));
        return time + " [" + level.word() + "] " + pid + "#" + pid + ": " + message + "\n";
    }

    private void write(Sink sink, byte[] bytes) {
        try {
            sink.out().write(bytes);
            sink.out().flush();
        } catch (IOException full) {
            err.println("nginx: [alert] write() failed: " + full.getMessage());
        }
    }
}
