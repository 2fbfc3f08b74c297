package dev.fairlead.cli.daemon;

import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The file that says which process runs. While a newer program takes over, the older one's is called `….oldbin`.
public final class PidFile {
    private static final String OLD = ".oldbin";

    private final long pid;
    private Path path;

    private PidFile(Path path, long pid) {
        this.path = path;
        this.pid = pid;
    }

    /// Where a plan asks for one, this process's.
    ///
    /// @throws IOException as [#write]
    public static Optional<PidFile> of(Plan plan) throws IOException {
        Optional<RuntimeOptions.PidFile> asked = plan.runtime().pidFile();
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(write(
                        Path.of(asked.get().path()), ProcessHandle.current().pid()));
    }

    /// @throws IOException in nginx's words, also where its folder is missing
    public static PidFile write(Path path, long pid) throws IOException {
        Optional<String> obstacle = obstacle(path);
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        Files.writeString(path, pid + "\n", StandardCharsets.US_ASCII);
        return new PidFile(path, pid);
    }

    /// What would keep it from being written, in nginx's words.
    public static Optional<String> obstacle(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        boolean isMissing = folder == null || !Files.isDirectory(folder);
        boolean mayWrite = Files.exists(path) ? Files.isWritable(path) : !isMissing && Files.isWritable(folder);
        if (mayWrite) {
            return Optional.empty();
        }
        return Optional.of("open() \"" + path + "\" failed ("
                + (isMissing ? "2: No such file or directory" : "13: Permission denied") + ")");
    }

    Path path() {
        return path;
    }

    /// Makes room for a newer program's.
    public void stepAside() throws IOException {
        path = moved(path.resolveSibling(path.getFileName() + OLD));
    }

    /// Takes the place back.
    public void stepBack() throws IOException {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(OLD)) {
            path = moved(path.resolveSibling(name.substring(0, name.length() - OLD.length())));
        }
    }

    /// Takes another name.
    public void moveTo(Path to) throws IOException {
        path = moved(to);
    }

    public boolean isAside() {
        return path.toString().endsWith(OLD);
    }

    private Path moved(Path to) throws IOException {
        return Files.move(path, to, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Removes it, unless a newer program has put its own number there; empties it where the folder allows no
    /// more.
    public void remove() {
        try {
            if (Files.exists(path)
                    && !Files.readString(path, StandardCharsets.US_ASCII)
                            .strip()
                            .equals("" + pid)) {
                return;
            }
            Files.deleteIfExists(path);
        } catch (IOException notAllowed) {
            empty();
        }
    }

    private void empty() {
        try {
            Files.writeString(path, "", StandardCharsets.US_ASCII);
        } catch (IOException notAllowedEither) {
            // Whoever reads it finds a number that no process has.
            return;
        }
    }
}
