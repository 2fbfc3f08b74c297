package dev.fairlead.process.state;

import dev.fairlead.model.service.lifecycle.RestartPolicy;
import java.util.Optional;

/// Whether a service that has ended comes back by itself (the table of `Restart=` in `man systemd.service`).
final class RestartRule {
    private RestartRule() {}

    static boolean comesBack(RestartPolicy policy, Result result, Optional<Ending> ending) {
        if (ending.isPresent() && ending.get().isIn(policy.never())) {
            return false;
        }
        if (ending.isPresent() && ending.get().isIn(policy.force())) {
            return true;
        }
        return switch (policy.when()) {
            case NO -> false;
            case ON_WATCHDOG -> result == Result.WATCHDOG;
            case ALWAYS -> result != Result.SKIPPED;
            case ON_SUCCESS -> result == Result.SUCCESS;
            case ON_FAILURE -> result.isFailure();
            case ON_ABNORMAL -> result.isFailure() && result != Result.EXIT_CODE;
            case ON_ABORT -> result == Result.SIGNAL || result == Result.CORE_DUMP;
        };
    }
}
