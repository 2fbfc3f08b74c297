package dev.fairlead.dialect.stunnel;

import dev.fairlead.source.Span;

/// A value and where it was given.
///
/// @param span of the value
record Given<T>(T value, Span span) {}
