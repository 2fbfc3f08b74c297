package dev.fairlead.process.supervisor;

import dev.fairlead.model.status.UnitStatus.Activity;

/// A unit has gone from one state to another.
///
/// @param subState the exact step it is in now
/// @param message what happened, in a sentence for people
public record UnitChange(String unit, Activity before, Activity now, String subState, String message) {}
