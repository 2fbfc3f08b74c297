package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;

/// A name an operator wrote, such as that of a user, with its place.
public record Named(String name, Span origin) {}
