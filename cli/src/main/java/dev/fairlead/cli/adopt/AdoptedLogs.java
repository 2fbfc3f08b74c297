package dev.fairlead.cli.adopt;

import dev.fairlead.cli.daemon.PidFile;
import dev.fairlead.cli.gunicorn.ErrorLog;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.master.ApplicationChange;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The error logs and pid files of applications whose units would start gunicorn, for as long as the stack
/// runs. Safe for use by several threads.
public final class AdoptedLogs {
    private final Clock clock;
    private final Journal journal;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(AdoptedUnit unit, ErrorLog log, Optional<PidFile> pidFile) {}

    public AdoptedLogs(Clock clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
    }

    /// Opens what these units write to, and forgets those that are gone.
    ///
    /// @throws IOException naming a file that cannot be written
    public synchronized void apply(List<AdoptedUnit> units) throws IOException {
        Map<String, Entry> before = new LinkedHashMap<>(entries);
        entries.clear();
        for (AdoptedUnit unit : units) {
            String name = unit.application().name();
            Entry known = before.remove(name);
            boolean isSame = known != null
                    && known.unit().errorLog().equals(unit.errorLog())
                    && known.unit().logLevel().equals(unit.logLevel())
                    && known.unit().pidFile().equals(unit.pidFile());
            if (isSame && known != null) {
                entries.put(name, known);
            } else {
                if (known != null) {
                    known.pidFile().ifPresent(PidFile::remove);
                }
                entries.put(name, open(unit));
            }
        }
        before.values().forEach(entry -> entry.pidFile().ifPresent(PidFile::remove));
    }

    private Entry open(AdoptedUnit unit) throws IOException {
        if (unit.errorLog().isPresent()) {
            makeFolder(unit.errorLog().get());
            ErrorLog.prepare(unit.errorLog().get(), unit.application());
        }
        ErrorLog log = ErrorLog.open(clock, unit.errorLog(), unit.logLevel(), journal(unit.unit()));
        Optional<PidFile> pidFile = Optional.empty();
        if (unit.pidFile().isPresent()) {
            makeFolder(unit.pidFile().get());
            pidFile = Optional.of(
                    PidFile.write(unit.pidFile().get(), ProcessHandle.current().pid()));
        }
        log.write("INFO", "Starting fairlead 0.1.0 as gunicorn");
        log.write(
                "INFO",
                "Listening at: " + unit.addresses() + " ("
                        + ProcessHandle.current().pid() + ")");
        log.write("INFO", "Using worker: " + unit.application().kind().word());
        return new Entry(unit, log, pidFile);
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /// What gunicorn would print goes where a unit's output goes.
    private PrintStream journal(String unit) {
        int pid = (int) ProcessHandle.current().pid();
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                journal.append(unit, "gunicorn", pid, List.of(line));
            }
        };
    }

    /// Something happened to an application; those of other kinds are passed over.
    public synchronized void write(ApplicationChange change) {
        Entry entry = entries.get(change.application());
        if (entry != null) {
            entry.log()
                    .write(
                            switch (change.level()) {
                                case DETAIL, INFO -> "INFO";
                                case WARNING -> "WARNING";
                                case ERROR -> "ERROR";
                            },
                            change.message());
        }
    }

    public synchronized void reopen() {
        entries.values().forEach(entry -> entry.log().reopen());
    }

    /// Takes pid files away.
    public synchronized void close() {
        entries.values().forEach(entry -> entry.pidFile().ifPresent(PidFile::remove));
        entries.clear();
    }
}
