package dev.fairlead.dialect.pound;

import dev.fairlead.source.Span;

/// A word of a line.
///
/// @param text without quotes and escapes
/// @param quoted whether it stood in quotes
record Word(String text, boolean quoted, Span span) {
    boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }
}
