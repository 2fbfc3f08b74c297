package dev.fairlead.cli.gunicorn;

import dev.fairlead.model.app.Application;
import dev.fairlead.os.Accounts;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The error log in gunicorn's form, on standard error or in a file. Safe for use by several threads.
public final class ErrorLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "'['yyyy-MM-dd HH:mm:ss Z']'", Locale.ROOT)
            .withZone(ZoneId.systemDefault());
    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");

    private final Clock clock;
    private final Optional<Path> file;
    private final int least;
    private final long pid = ProcessHandle.current().pid();
    private PrintStream out;

    private ErrorLog(Clock clock, Optional<Path> file, int least, PrintStream out) {
        this.clock = clock;
        this.file = file;
        this.least = least;
        this.out = out;
    }

    /// Makes the file if it is not there. Workers write there as well, and may be somebody else.
    public static void prepare(Path file, Application application) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
            Optional<Accounts.User> user = application
                    .surroundings()
                    .user()
                    .flatMap(named -> Accounts.user(named.name()))
                    .filter(other -> Accounts.isRoot() && other.uid() != Accounts.currentUid());
            if (user.isPresent()) {
                Files.setAttribute(file, "unix:uid", user.get().uid());
                Files.setAttribute(file, "unix:gid", user.get().gid());
            }
        }
    }

    /// @param file empty for standard error
    /// @throws IOException if the file cannot be written
    public static ErrorLog open(Clock clock, Optional<Path> file, String level, PrintStream err) throws IOException {
        int least = Math.max(0, LEVELS.indexOf(level.toUpperCase(Locale.ROOT)));
        return new ErrorLog(clock, file, least, file.isPresent() ? stream(file.get()) : err);
    }

    private static PrintStream stream(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /// Opens the file again by its name, as after a rotation.
    public synchronized void reopen() {
        if (file.isPresent()) {
            try {
                PrintStream fresh = stream(file.get());
                out.close();
                out = fresh;
            } catch (IOException refused) {
                write("ERROR", "cannot open " + file.get() + ": " + refused.getMessage());
            }
        }
    }

    public synchronized void write(String level, String message) {
        if (LEVELS.indexOf(level) >= least) {
            String time = TIME.format(Instant.ofEpochMilli(clock.wallMillis()));
            out.println(time + " [" + pid + "] [" + level + "] " + message);
            out.flush();
        }
    }
}
