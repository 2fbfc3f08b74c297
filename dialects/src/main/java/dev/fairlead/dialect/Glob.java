package dev.fairlead.dialect;

import dev.fairlead.unit.FileNamePattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// File names with wildcards, as the shell and glob(3) know them: `*`, `?` and `[…]` within one part of a path,
/// no match for a leading dot unless it is written.
public final class Glob {
    private Glob() {}

    public static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
    }

    /// The paths that match, sorted; empty if none does.
    public static List<Path> expand(String pattern, FileSource files) {
        List<Path> found = List.of(Path.of(pattern.startsWith("/") ? "/" : ""));
        for (String part : pattern.split("/+")) {
            if (part.isEmpty()) {
                continue;
            }
            List<Path> next = new ArrayList<>();
            for (Path folder : found) {
                if (!isPattern(part)) {
                    next.add(folder.resolve(part));
                    continue;
                }
                for (String name : files.names(folder)) {
                    if (matches(part, name)) {
                        next.add(folder.resolve(name));
                    }
                }
            }
            found = next;
        }
        return found;
    }

    /// Whether one part of a path matches one part of a pattern.
    public static boolean matches(String pattern, String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        return FileNamePattern.matches(pattern, name);
    }
}
