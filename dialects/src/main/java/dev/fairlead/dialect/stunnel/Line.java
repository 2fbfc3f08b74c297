package dev.fairlead.dialect.stunnel;

import dev.fairlead.source.Span;

/// A line that says something.
sealed interface Line {
    /// `[name]`.
    record Section(String name, Span span) implements Line {}

    /// `name = value`.
    record Option(String name, Span nameSpan, String value, Span valueSpan, Span span) implements Line {}

    /// Anything else.
    record Fault(String message, Span span) implements Line {}
}
