package dev.fairlead.model.control;

import dev.fairlead.model.service.Signal;

/// What may be asked of a unit. `unit` is a full unit name, or one without its suffix where that is `.service`.
public sealed interface UnitCommand {
    String unit();

    record Start(String unit) implements UnitCommand {}

    record Stop(String unit) implements UnitCommand {}

    /// Stops it if it runs, then starts it.
    record Restart(String unit) implements UnitCommand {}

    /// Asks the running service to read its configuration again.
    record Reload(String unit) implements UnitCommand {}

    /// Forgets that it failed and how often it was started.
    record ResetFailed(String unit) implements UnitCommand {}

    /// Sends a signal to all its processes.
    record Kill(String unit, Signal signal) implements UnitCommand {}
}
