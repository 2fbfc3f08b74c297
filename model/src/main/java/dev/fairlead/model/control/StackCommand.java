package dev.fairlead.model.control;

/// What may be asked of a running stack as a whole.
public sealed interface StackCommand {
    /// Reads the configuration again and runs it, if it is sound; else nothing changes.
    record Reload() implements StackCommand {}

    /// Ends the stack in order.
    record Stop() implements StackCommand {}

    /// Opens log files again, as after they were moved away.
    record ReopenLogs() implements StackCommand {}

    /// Brings up the present code of an application beside the one that serves, and goes over to it once it is
    /// ready.
    record Deploy(String application) implements StackCommand {}

    /// Changes how many workers an application has.
    ///
    /// @param workers at least 0
    record Scale(String application, int workers) implements StackCommand {}

    /// Something for one unit.
    record ForUnit(UnitCommand command) implements StackCommand {}
}
