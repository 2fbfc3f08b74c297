package dev.fairlead.model.status;

import dev.fairlead.model.service.Unit;
import java.util.Optional;

/// A unit as it is written and as it is.
///
/// @param unit empty where its definition is gone while it still runs
public record UnitView(UnitStatus status, Optional<Unit> unit) {}
