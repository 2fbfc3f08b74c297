package dev.fairlead.process.master;

import dev.fairlead.worker.WorkerEnd;
import java.util.Set;

/// How a worker's process ended, as the zygote reported it.
///
/// @param how `exit`, `signal`, or anything else where nobody knows
/// @param code its status or the signal's number
record WorkerExit(String how, int code) {
    static final WorkerExit UNKNOWN = new WorkerExit("unknown", 0);

    private static final Set<Integer> FROM_OUTSIDE =
            Set.of(Signals.KILL, Signals.TERM, Signals.INTERRUPT, Signals.QUIT);

    /// For people: `worker 4123 (shop#4) was killed by SIGSEGV`.
    String cause(ManagedWorker worker) {
        return worker.name()
                + worker.verdict().map(why -> " was killed: " + why).orElseGet(this::text);
    }

    private String text() {
        return switch (how) {
            case "signal" -> " was killed by " + Signals.name(code);
            case "exit" -> " ended with status " + code;
            default -> " ended";
        };
    }

    /// What it means for its requests. An end from outside is not a request's fault, so another worker may
    /// have them.
    ///
    /// @param wasLeaving whether it was retired or told to end
    WorkerEnd end(ManagedWorker worker, boolean wasLeaving) {
        boolean isRetryable = wasLeaving
                || worker.verdict().isPresent()
                || (how.equals("signal") && FROM_OUTSIDE.contains(code))
                || (how.equals("exit") && code == 0);
        return new WorkerEnd(cause(worker), isRetryable);
    }
}
