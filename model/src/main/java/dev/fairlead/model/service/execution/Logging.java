package dev.fairlead.model.service.execution;

import java.time.Duration;
import java.util.Optional;

/// What becomes of the lines a service prints. Levels count as syslog's do: 0 is an emergency, 7 is for
/// debugging.
///
/// @param level of a line that says nothing about it
/// @param linesSayTheirs whether a line may begin with its own, such as `<3>`
/// @param facility which part of the machine they come from, as syslog counts: 3 are its services
/// @param mostVerbose lines of a higher number are dropped
/// @param rate empty: any number of lines
public record Logging(int level, boolean linesSayTheirs, int facility, int mostVerbose, Optional<Rate> rate) {
    public static final Logging DEFAULT = new Logging(6, true, 3, 7, Optional.empty());

    /// How many lines of about the same level are taken in a time; the others are dropped.
    public record Rate(Duration interval, int burst) {}
}
