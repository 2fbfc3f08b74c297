package dev.fairlead.dialect.nginx.syntax;

import dev.fairlead.source.Span;

/// A word of a statement.
///
/// @param text without quotes, escapes resolved
/// @param span as written, quotes included
public record Word(String text, Span span) {
    public boolean is(String expected) {
        return text.equals(expected);
    }

    /// What follows a prefix this word is known to start with.
    public Word after(String prefix) {
        return new Word(text.substring(prefix.length()), part(prefix.length()));
    }

    /// The place of a part of the word, where the word is written as it reads; else the whole word's.
    public Span part(int from) {
        boolean plain = span.text().equals(text);
        return plain && from < text.length() ? new Span(span.file(), span.start() + from, span.end()) : span;
    }

    @Override
    public String toString() {
        return text;
    }
}
