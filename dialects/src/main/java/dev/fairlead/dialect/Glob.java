package dev.fairlead.dialect;

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
        return matches(pattern, 0, name, 0);
    }

    private static boolean matches(String pattern, int p, String name, int n) {
        if (p == pattern.length()) {
            return n == name.length();
        }
        char c = pattern.charAt(p);
        if (c == '*') {
            return matches(pattern, p + 1, name, n) || (n < name.length() && matches(pattern, p, name, n + 1));
        }
        if (n == name.length()) {
            return false;
        }
        int close = c == '[' ? pattern.indexOf(']', p + 2) : -1;
        if (close > 0) {
            return inSet(pattern.substring(p + 1, close), name.charAt(n)) && matches(pattern, close + 1, name, n + 1);
        }
        return (c == '?' || c == name.charAt(n)) && matches(pattern, p + 1, name, n + 1);
    }

    private static boolean inSet(String set, char c) {
        boolean negated = set.startsWith("!") || set.startsWith("^");
        boolean found = false;
        int i = negated ? 1 : 0;
        while (i < set.length()) {
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            char last = range ? set.charAt(i + 2) : set.charAt(i);
            found |= c >= set.charAt(i) && c <= last;
            i += range ? 3 : 1;
        }
        return found != negated;
    }
}
