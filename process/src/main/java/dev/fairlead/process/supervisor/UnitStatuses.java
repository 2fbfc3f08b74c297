package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.Waiting;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.supervisor.launch.ServiceGroups;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes the snapshot of a service.
final class UnitStatuses {
    private UnitStatuses() {}

    /// What the runner knows besides the state.
    record Facts(
            long sinceMillis,
            int restarts,
            Optional<ExitReport> lastExit,
            Optional<String> statusText,
            boolean isEnabled,
            boolean changePending,
            Optional<String> problem) {}

    static UnitStatus of(ServiceRunner runner, Facts facts, List<ProcessTable.Row> all) {
        Service service = runner.service();
        List<ProcessTable.Row> members = runner.processes().among(all);
        ServiceGroups groups = runner.processes().groups();
        long memory =
                members.stream().mapToLong(ProcessTable.Row::residentBytes).sum();
        return new UnitStatus(
                service.name(),
                service.description(),
                runner.activity(),
                runner.state().phase().word(),
                runner.state().result().word(),
                runner.processes().main().map(OptionalInt::of).orElse(OptionalInt.empty()),
                facts.sinceMillis(),
                facts.restarts(),
                facts.lastExit(),
                facts.statusText(),
                members.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(groups.memory().orElse(memory)),
                members.isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(groups.tasks().map(Long::intValue).orElse(members.size())),
                facts.isEnabled(),
                facts.changePending(),
                Optional.empty(),
                facts.problem(),
                Optional.empty(),
                service.sources());
    }

    /// A unit that has no processes, or none that are told.
    ///
    /// @param isEnabled whether it comes up with the stack
    /// @param isOutdated whether its definition has changed since it was started
    static UnitStatus without(
            Unit unit, State state, boolean isEnabled, boolean isOutdated, Optional<Waiting> waiting) {
        return new UnitStatus(
                unit.name(),
                unit.description(),
                state.activity(),
                state.subState(),
                state.result(),
                OptionalInt.empty(),
                state.sinceMillis(),
                0,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                isEnabled,
                isOutdated,
                Optional.empty(),
                state.problem(),
                waiting,
                unit.sources());
    }

    /// Where such a unit is, and since when.
    record State(
            UnitStatus.Activity activity, String subState, String result, long sinceMillis, Optional<String> problem) {}

    /// How a process ended, as status tells it.
    ///
    /// @param atMillis when, since 1970
    static ExitReport exit(int pid, Ending ending, long atMillis) {
        return switch (ending) {
            case Ending.Exited exited -> new ExitReport(pid, false, exited.code(), false, atMillis);
            case Ending.Killed killed -> new ExitReport(pid, true, killed.signal(), killed.dumpedCore(), atMillis);
        };
    }
}
