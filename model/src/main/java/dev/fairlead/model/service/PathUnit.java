package dev.fairlead.model.service;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// Starts another unit when something in the file system is there, or changes.
///
/// @param starts the full name of that unit
/// @param folderMode the permissions of watched folders that are made when the unit is started; empty: none are
/// @param sources the files it was read from
public record PathUnit(
        String name,
        String description,
        Dependencies dependencies,
        UnitRules rules,
        List<Watched> watched,
        String starts,
        OptionalInt folderMode,
        TriggerLimit triggerLimit,
        List<Path> sources,
        Span origin)
        implements Unit {
    public PathUnit {
        watched = List.copyOf(watched);
        sources = List.copyOf(sources);
    }
}
