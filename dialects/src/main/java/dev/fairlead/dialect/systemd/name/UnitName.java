package dev.fairlead.dialect.systemd.name;

import dev.fairlead.dialect.systemd.text.Bytes;
import dev.fairlead.dialect.systemd.text.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A unit's name, taken apart: `nethelper@4001.service` is prefix `nethelper`, instance `4001`, suffix `service`.
///
/// @param instance empty for a template (`nethelper@.service`)
/// @param hasInstance whether there is an `@`
public record UnitName(String prefix, String instance, boolean hasInstance, String suffix) {
    static final Set<String> SUFFIXES = Set.of(
            "service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path", "slice", "scope");
    private static final int LONGEST = 255;

    /// A valid name with its suffix; empty for what is none.
    public static Optional<UnitName> parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot <= 0 || text.length() > LONGEST || !SUFFIXES.contains(text.substring(dot + 1))) {
            return Optional.empty();
        }
        String stem = text.substring(0, dot);
        int at = stem.indexOf('@');
        if (at == 0 || !stem.chars().allMatch(UnitName::isValid)) {
            return Optional.empty();
        }
        String suffix = text.substring(dot + 1);
        return Optional.of(
                at < 0
                        ? new UnitName(stem, "", false, suffix)
                        : new UnitName(stem.substring(0, at), stem.substring(at + 1), true, suffix));
    }

    /// A name as people type it: `.service` is added where no suffix stands, and what a name cannot hold is
    /// escaped (`/` becomes `-`).
    public static Optional<UnitName> ofTyped(String text) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c == '/') {
                out.append('-');
            } else if (isValid(c)) {
                out.append((char) c);
            } else {
                out.append(String.format(Locale.ROOT, "\\x%02x", c));
            }
        }
        String name = out.toString();
        int dot = name.lastIndexOf('.');
        return parse(dot > 0 && SUFFIXES.contains(name.substring(dot + 1)) ? name : name + ".service");
    }

    public boolean isTemplate() {
        return hasInstance && instance.isEmpty();
    }

    public boolean isInstance() {
        return hasInstance && !instance.isEmpty();
    }

    /// The template it is an instance of; itself if it is none.
    public UnitName template() {
        return new UnitName(prefix, "", hasInstance, suffix);
    }

    public UnitName withInstance(String other) {
        return new UnitName(prefix, other, true, suffix);
    }

    /// The unit of another kind that has the same name.
    public UnitName withSuffix(String other) {
        return new UnitName(prefix, instance, hasInstance, other);
    }

    /// Without the suffix.
    public String stem() {
        return hasInstance ? prefix + "@" + instance : prefix;
    }

    /// The part of the prefix behind its last dash.
    String lastComponent() {
        return prefix.substring(prefix.lastIndexOf('-') + 1);
    }

    private static boolean isValid(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ":-_.\\@".indexOf(c) >= 0;
    }

    /// Undoes the escaping of names: a dash is a slash, `\xhh` a byte.
    static String unescape(String escaped) {
        StringBuilder text = new StringBuilder();
        Bytes out = new Bytes(text);
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\' && i + 1 < escaped.length()) {
                int length = escaped.charAt(i + 1) == 'x' ? Escapes.read(escaped, i + 1, out) : 0;
                if (length > 0) {
                    i += length;
                    continue;
                }
            }
            out.character(c == '-' ? '/' : c);
        }
        out.flush();
        return text.toString();
    }

    @Override
    public String toString() {
        return stem() + "." + suffix;
    }
}
