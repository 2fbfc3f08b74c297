package dev.fairlead.dialect.systemd.text;

import java.util.Optional;

/// What people write into unit files out of the habits of other languages.
public final class Slips {
    private Slips() {}

    /// What may be wrong with a value that cannot be read.
    public static Optional<String> hint(String value) {
        if (value.endsWith(";")) {
            return Optional.of("a line here ends without a semicolon");
        }
        if (value.contains(" #") || value.contains("\t#") || value.contains(" ;")) {
            return Optional.of("a comment needs a line of its own; here it is part of the value");
        }
        if (value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"))) {
            return Optional.of("quotes are part of this value; leave them out");
        }
        if (value.chars().anyMatch(c -> c == '\u201c' || c == '\u201d' || c == '\u2018' || c == '\u2019')) {
            return Optional.of("these are typographic quotes; use \" or '");
        }
        return Optional.empty();
    }
}
