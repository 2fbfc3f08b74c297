package dev.fairlead.model.service;

import dev.fairlead.model.service.timer.Elapse;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Starts another unit at certain times.
///
/// @param starts the full name of that unit
/// @param spread how much later than asked for it may elapse, by chance, so that many do not at once
/// @param spreadIsFixed whether it is by the same chance every time
/// @param stamp the file whose time says when it last elapsed, so that what was missed while nothing ran is made
///     up for; empty: it is not
/// @param remains whether it stays active once it cannot elapse again
public record TimerUnit(
        String name,
        String description,
        Dependencies dependencies,
        UnitRules rules,
        List<Elapse> elapses,
        String starts,
        Duration spread,
        boolean spreadIsFixed,
        Optional<Path> stamp,
        boolean remains,
        List<Path> sources,
        Span origin)
        implements Unit {
    public TimerUnit {
        elapses = List.copyOf(elapses);
        sources = List.copyOf(sources);
    }
}
