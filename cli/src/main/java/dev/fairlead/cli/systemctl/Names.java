package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Names of units as people type them.
///
/// @param err where it is said that a name was changed
record Names(PrintStream err, boolean quiet) {
    /// Full names, escaped where they hold what a name cannot.
    ///
    /// @param purpose what patterns are not allowed for, such as `enable`
    List<String> plain(List<String> typed, String purpose) {
        List<String> names = new ArrayList<>();
        typed.forEach(name -> names.add(plain(name, purpose, ".service")));
        return names;
    }

    String plain(String typed, String purpose, String suffix) {
        if (UnitName.parse(typed).isPresent()) {
            return typed;
        }
        boolean isPattern = Glob.isPattern(typed);
        if (isPattern && !quiet) {
            err.println("Glob pattern passed to " + purpose + ", but globs are not supported for this.");
        }
        String escaped = escaped(typed);
        if (!escaped.equals(typed) && !quiet) {
            String hint = isPattern ? "" : " (maybe you should use systemd-escape?)";
            err.println("Invalid unit name \"" + typed + "\" escaped as \"" + escaped + "\"" + hint + ".");
        }
        return withSuffix(escaped, suffix);
    }

    /// Full names, or patterns for them.
    static List<String> patterns(List<String> typed) {
        return typed.stream().map(name -> pattern(name, ".service")).toList();
    }

    /// What there is to say about names that were changed.
    static List<String> changed(List<String> typed) {
        return typed.stream()
                .filter(name -> !Glob.isPattern(name)
                        && !name.startsWith("/")
                        && !escaped(name).equals(name))
                .map(name -> "Invalid unit name \"" + name + "\" escaped as \"" + escaped(name)
                        + "\" (maybe you should use systemd-escape?).")
                .toList();
    }

    /// @param suffix of a name that has none
    static String pattern(String name, String suffix) {
        if (Glob.isPattern(name)) {
            return name;
        }
        if (name.startsWith("/")) {
            String path = escaped(name.replaceAll("/+", "/").replaceAll("^/|/$", ""));
            return path + (name.startsWith("/dev/") || name.startsWith("/sys/") ? ".device" : ".mount");
        }
        return withSuffix(escaped(name), suffix);
    }

    private static String withSuffix(String name, String suffix) {
        return UnitName.parse("x" + name.substring(Math.max(0, name.lastIndexOf('.'))))
                        .isPresent()
                ? name
                : name + suffix;
    }

    private static String escaped(String typed) {
        StringBuilder out = new StringBuilder();
        for (byte octet : typed.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c == '/') {
                out.append('-');
            } else if (c < 0x80 && (Character.isLetterOrDigit(c) || ":-_.\\@".indexOf(c) >= 0)) {
                out.append((char) c);
            } else {
                out.append(String.format(Locale.ROOT, "\\x%02x", c));
            }
        }
        return out.toString();
    }
}
