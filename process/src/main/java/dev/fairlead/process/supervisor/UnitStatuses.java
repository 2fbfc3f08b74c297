package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.os.ProcessTable;
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
                members.isEmpty() ? OptionalLong.empty() : OptionalLong.of(memory),
                members.isEmpty() ? OptionalInt.empty() : OptionalInt.of(members.size()),
                facts.isEnabled(),
                facts.changePending(),
                Optional.empty(),
                facts.problem(),
                service.sources());
    }
}
