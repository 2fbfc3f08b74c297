package dev.fairlead.model.control;

/// What may be asked of a running stack as a whole.
public sealed interface StackCommand {
    /// Reads the configuration again and runs it, if it is sound; else nothing changes.
    record Reload() implements StackCommand {}

    /// Ends the stack in order.
    record Stop() implements StackCommand {}

    /// Opens log files again, as after they were moved away.
    record ReopenLogs() implements StackCommand {}

    /// Something for one unit.
    record ForUnit(UnitCommand command) implements StackCommand {}
}
