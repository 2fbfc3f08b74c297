package dev.fairlead.cli.gunicorn;

import dev.fairlead.cli.daemon.PidFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Who came before this program and who comes after it where one takes over from the other (the signal USR2),
/// and the pid file they share: the newer one's ends in `.2` until the older is gone. Safe for use by several
/// threads.
final class Succession {
    /// How the newer program learns the older one's process id.
    static final String VARIABLE = "GUNICORN_PID";

    private static final String NEWER = ".2";

    private final Optional<Path> path;
    private final boolean hasElder;
    private Optional<PidFile> file = Optional.empty();
    private Optional<Long> heir = Optional.empty();

    private Succession(Optional<Path> path, boolean hasElder) {
        this.path = path;
        this.hasElder = hasElder;
    }

    /// @param path of the pid file, if there shall be one
    /// @throws IOException if it cannot be written, or belongs to a program that runs
    static Succession begin(Optional<Path> path, Map<String, String> environment) throws IOException {
        Optional<ProcessHandle> elder = ProcessHandle.current()
                .parent()
                .filter(parent -> environment.getOrDefault(VARIABLE, "").equals(Long.toString(parent.pid())));
        Succession succession = new Succession(path, elder.isPresent());
        long own = ProcessHandle.current().pid();
        if (path.isPresent()) {
            Path place = elder.isPresent() ? besides(path.get()) : path.get();
            Optional<Long> owner = owner(place).filter(pid -> pid != own && isRunning(pid));
            if (owner.isPresent()) {
                throw new IOException(
                        "Error: Already running on PID " + owner.get() + " (or pid file '" + place + "' is stale)");
            }
            succession.file = Optional.of(PidFile.write(place, own));
        }
        elder.ifPresent(older -> older.onExit().thenRun(succession::inherit));
        return succession;
    }

    private static Path besides(Path path) {
        return path.resolveSibling(path.getFileName() + NEWER);
    }

    private static Optional<Long> owner(Path file) throws IOException {
        String text = Files.exists(file)
                ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                : "";
        return text.matches("\\d{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /// Not one that has ended and is only still listed.
    private static boolean isRunning(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return !status.substring(status.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException gone) {
            return false;
        }
    }

    /// The older program is gone.
    private synchronized void inherit() {
        try {
            if (file.isPresent() && path.isPresent()) {
                file.get().moveTo(path.get());
            }
        } catch (IOException refused) {
            // It keeps the name it has, and is removed under it.
            return;
        }
    }

    /// Why there cannot be a newer program now.
    synchronized Optional<String> obstacle() {
        if (isSucceeded()) {
            return Optional.of("Child exists.");
        }
        boolean isElderThere = hasElder
                && ProcessHandle.current()
                        .parent()
                        .filter(parent ->
                                System.getenv().getOrDefault(VARIABLE, "").equals(Long.toString(parent.pid())))
                        .isPresent();
        return isElderThere ? Optional.of("Parent exists.") : Optional.empty();
    }

    synchronized void succeededBy(long pid) {
        heir = Optional.of(pid);
    }

    /// Whether a newer program serves at the same addresses.
    synchronized boolean isSucceeded() {
        return heir.filter(Succession::isRunning).isPresent();
    }

    synchronized void end() {
        file.ifPresent(PidFile::remove);
    }
}
