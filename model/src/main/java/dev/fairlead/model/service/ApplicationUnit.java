package dev.fairlead.model.service;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;

/// A service whose program would be an application server: its application runs in workers of this program
/// instead, and starts, reloads and ends with the unit.
///
/// @param application its name in the plan
public record ApplicationUnit(
        String name,
        String description,
        Dependencies dependencies,
        UnitRules rules,
        String application,
        List<Path> sources,
        Span origin)
        implements Unit {
    public ApplicationUnit {
        sources = List.copyOf(sources);
    }
}
