package dev.fairlead.dialect.upstart;

import dev.fairlead.source.Span;

/// A word of a stanza without its quotes.
///
/// @param isQuoted whether any of it stood in quotes, so that it is no operator
record Word(String text, Span span, boolean isQuoted) {}
