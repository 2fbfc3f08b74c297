package dev.fairlead.model.service;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;

/// A point in the start order that runs nothing itself: it is reached once what it wants has been started.
public record Target(
        String name, String description, Dependencies dependencies, UnitRules rules, List<Path> sources, Span origin)
        implements Unit {
    public Target {
        sources = List.copyOf(sources);
    }
}
