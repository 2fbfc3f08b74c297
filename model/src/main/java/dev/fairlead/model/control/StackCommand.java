package dev.fairlead.model.control;

import java.util.List;
import java.util.OptionalInt;

/// What may be asked of a running stack as a whole.
public sealed interface StackCommand {
    /// Reads the configuration again and runs it, if it is sound; else nothing changes.
    record Reload() implements StackCommand {}

    /// Goes over to the program as it lies on disk now, in the same process. What keeps it from that is told at
    /// once; what came of it, by [UpgradeReport].
    record Upgrade() implements StackCommand {}

    /// Tells what came of the last upgrade. Nothing: one is under way.
    record UpgradeReport() implements StackCommand {}

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

    /// Something for jobs that live by events.
    record ForJobs(JobCommand command) implements StackCommand {}

    /// Restarts units one after the other, each taken out of the upstreams that name it meanwhile.
    ///
    /// @param pattern of their names
    record Roll(String pattern) implements StackCommand {}

    /// Changes the variables that every service finds; those that run keep what they have.
    ///
    /// @param unset names, or `NAME=value` for only that value
    /// @param set `NAME=value`
    record ChangeVariables(List<String> unset, List<String> set) implements StackCommand {
        public ChangeVariables {
            unset = List.copyOf(unset);
            set = List.copyOf(set);
        }
    }

    /// Gives up a job that waits or runs.
    ///
    /// @param job its number; empty: all of them
    record CancelJobs(OptionalInt job) implements StackCommand {}

    /// Something for one unit.
    record ForUnit(UnitCommand command) implements StackCommand {}
}
