package dev.fairlead.dialect.haproxy.syntax;

import dev.fairlead.source.Span;

/// A word of a line, quotes and escapes resolved.
///
/// @param text what it stands for
/// @param span where it was written
public record Word(String text, Span span) {
    public boolean is(String other) {
        return text.equals(other);
    }

    /// The same word with another text, such as a part of it.
    public Word withText(String other) {
        return new Word(other, span);
    }
}
