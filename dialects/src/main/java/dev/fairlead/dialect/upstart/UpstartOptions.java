package dev.fairlead.dialect.upstart;

import dev.fairlead.dialect.FileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a job's meaning depends on besides its text.
///
/// @param root the folder that takes the place of `/`; empty: `/` itself
/// @param files where jobs are read from
public record UpstartOptions(Optional<Path> root, FileSource files) {
    private static final Pattern REDIRECTED =
            Pattern.compile("([0-9&]?>>?\\s*[\"']?)(/(?!dev/|proc/|sys/)[\\w./+@%-]+)");
    private static final Pattern PATH = Pattern.compile("(?<![\\w./$}*?-])/[\\w./+@%-]+");

    public UpstartOptions {
        root = root.map(folder -> folder.toAbsolutePath().normalize());
    }

    /// The real root, files from the disk.
    public static UpstartOptions here() {
        return new UpstartOptions(Optional.empty(), FileSource.disk());
    }

    /// The same with the paths of the jobs below a folder.
    public UpstartOptions root(Path folder) {
        return new UpstartOptions(Optional.of(folder), files);
    }

    /// A path that a job names, where it really is.
    Path resolve(String path) {
        return root.filter(folder -> path.startsWith("/") && !Path.of(path).startsWith(folder))
                .map(folder -> folder.resolve(path.substring(1)).normalize())
                .orElseGet(() -> Path.of(path));
    }

    /// The text of a command with the paths that are there below the root in place of the machine's, and with
    /// files that it writes to by redirection below the root in any case.
    String inText(String command) {
        if (root.isEmpty()) {
            return command;
        }
        String written = REDIRECTED
                .matcher(command)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + resolve(found.group(2))));
        return PATH.matcher(written).replaceAll(found -> Matcher.quoteReplacement(ifThere(found.group())));
    }

    private String ifThere(String path) {
        Path inside = resolve(path);
        return Files.exists(inside) ? inside.toString() : path;
    }
}
