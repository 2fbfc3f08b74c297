package dev.fairlead.dialect.upstart;

import dev.fairlead.model.service.Job;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Upstart's jobs: `NAME.conf` below a folder such as `/etc/init`, each with what `NAME.override` beside it says
/// differently.
public final class UpstartDialect {
    static final String SUFFIX = ".conf";
    private static final String OVERRIDE = ".override";

    private UpstartDialect() {}

    /// The jobs of a folder and the folders below it, or that of one file, by name.
    public static List<Job> load(Path fileOrFolder, UpstartOptions options, Problems problems) {
        List<Job> jobs = new ArrayList<>();
        for (Path file : files(fileOrFolder, options)) {
            job(file, nameOf(file, fileOrFolder), options, problems).ifPresent(jobs::add);
        }
        return jobs;
    }

    /// The job files that are there.
    static List<Path> files(Path fileOrFolder, UpstartOptions options) {
        if (fileOrFolder.toString().endsWith(SUFFIX)
                && options.files().names(fileOrFolder).isEmpty()) {
            return List.of(fileOrFolder);
        }
        List<Path> found = new ArrayList<>();
        for (String name : options.files().names(fileOrFolder)) {
            Path child = fileOrFolder.resolve(name);
            List<String> below = options.files().names(child);
            if (!below.isEmpty()) {
                found.addAll(files(child, options));
            } else if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                found.add(child);
            }
        }
        return found;
    }

    private static String nameOf(Path file, Path folder) {
        String path = file.equals(folder)
                ? String.valueOf(file.getFileName())
                : folder.relativize(file).toString();
        return path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : path;
    }

    private static Optional<Job> job(Path file, String name, UpstartOptions options, Problems problems) {
        Draft draft = new Draft();
        Optional<SourceFile> main = read(file, options, problems, true);
        if (main.isEmpty()) {
            return Optional.empty();
        }
        JobFile.read(main.get(), draft, options, problems);
        List<Path> sources = new ArrayList<>(List.of(file));
        Path beside = override(file);
        read(beside, options, problems, false).ifPresent(override -> {
            JobFile.read(override, draft, options, problems);
            sources.add(beside);
        });
        draft.respawnLimit
                .filter(limit -> draft.respawn.isEmpty())
                .ifPresent(limit -> problems.warning(
                        "upstart.no-effect",
                        limit.origin(),
                        "\"respawn limit\" alone does not bring the job back",
                        "say respawn on a line of its own as well"));
        return Optional.of(draft.finish(name, sources, JobFile.begin(main.get())));
    }

    static Path override(Path file) {
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return file.resolveSibling(stem + OVERRIDE);
    }

    static Optional<SourceFile> read(Path file, UpstartOptions options, Problems problems, boolean isNeeded) {
        try {
            return Optional.of(new SourceFile(file.toString(), options.files().read(file)));
        } catch (NoSuchFileException missing) {
            if (isNeeded) {
                problems.error("upstart.file", Span.builtIn(), file + ": no such file");
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            problems.error("upstart.file", Span.builtIn(), file + ": " + unreadable.getMessage());
            return Optional.empty();
        }
    }
}
