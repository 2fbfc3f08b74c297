package dev.fairlead.dialect.nginx.syntax;

import dev.fairlead.source.Diagnostic;

/// A place that could not be read.
public record Fault(Diagnostic diagnostic) implements Item {}
