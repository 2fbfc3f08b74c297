package dev.fairlead.model.status;

import java.util.List;
import java.util.Optional;

/// What an application's workers were doing at one moment.
///
/// @param target what is run, as `MODULE:NAME`
/// @param kind gunicorn's name for how workers run requests
/// @param generation which deploy is serving: 1 for the first; 0 while none is
/// @param sinceMillis since when, in milliseconds since 1970
/// @param waiting requests that wait for a worker
/// @param running requests that are at workers
/// @param problem why it is not serving, or why the last deploy did not come up
public record ApplicationStatus(
        String name,
        String target,
        String kind,
        int generation,
        long sinceMillis,
        int waiting,
        int running,
        List<WorkerStatus> workers,
        Optional<String> problem) {
    public ApplicationStatus {
        workers = List.copyOf(workers);
    }

    /// @param state `booting`, `ready`, `serving`, `retiring`
    /// @param requests answered by it
    /// @param residentBytes its memory
    public record WorkerStatus(
            int number, int pid, int generation, String state, long sinceMillis, long requests, long residentBytes) {}
}
