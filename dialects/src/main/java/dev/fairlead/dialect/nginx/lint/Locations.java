package dev.fairlead.dialect.nginx.lint;

import java.util.Optional;

/// How locations are written.
final class Locations {
    private Locations() {}

    /// The prefix of the location that a directive stands in directly; empty if it is for other paths than a
    /// prefix.
    static Optional<String> prefix(Branch inside) {
        return inside.parent().filter(outer -> outer.is("location")).flatMap(Locations::ofPrefix);
    }

    static Optional<String> ofPrefix(Branch location) {
        if (location.args().size() == 2) {
            return location.arg(0).equals("^~") ? Optional.of(location.arg(1)) : Optional.empty();
        }
        String text = location.arg(0);
        boolean isOther = text.startsWith("=") || text.startsWith("~") || text.startsWith("@");
        if (isOther) {
            return Optional.empty();
        }
        return Optional.of(text.startsWith("^~") ? text.substring(2) : text);
    }

    /// Whether prefix locations that are the longest match keep expressions from being tried.
    static boolean isBeforeExpressions(Branch location) {
        return location.arg(0).startsWith("^~");
    }

    static Optional<String> expression(Branch location) {
        String first = location.arg(0);
        if (first.equals("~") || first.equals("~*")) {
            return Optional.of(location.arg(1));
        }
        if (first.startsWith("~")) {
            return Optional.of(first.substring(first.startsWith("~*") ? 2 : 1));
        }
        return Optional.empty();
    }
}
