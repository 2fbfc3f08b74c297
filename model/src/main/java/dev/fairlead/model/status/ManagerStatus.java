package dev.fairlead.model.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What the supervisor of a stack's units has at one moment besides the units.
///
/// @param hasSettled whether everything that comes up with the stack has come up or failed
/// @param jobs what is to become of units, in the order of their numbers
/// @param variables what every service finds in its environment
public record ManagerStatus(boolean hasSettled, List<QueuedJob> jobs, SequencedMap<String, String> variables) {
    public ManagerStatus {
        jobs = List.copyOf(jobs);
        variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
    }

    /// A job that waits or runs.
    ///
    /// @param type as systemd calls it: `start`, `stop`, `restart`
    public record QueuedJob(int number, String unit, String type, boolean isRunning) {}
}
