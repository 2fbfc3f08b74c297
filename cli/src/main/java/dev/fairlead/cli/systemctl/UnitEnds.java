package dev.fairlead.cli.systemctl;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Waits until units that were started are down again, for `--wait`.
record UnitEnds(RunningStack stack) {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /// @return 1 where one of them has failed
    int await(List<String> names) throws Fault {
        Set<String> waiting = new HashSet<>(names);
        boolean hasFailed = false;
        while (true) {
            for (Properties unit : stack.units()) {
                boolean isDown =
                        unit.activity().equals("inactive") || unit.activity().equals("failed");
                if (isDown && waiting.remove(unit.id())) {
                    hasFailed |= unit.activity().equals("failed");
                }
            }
            if (waiting.isEmpty()) {
                return hasFailed ? 1 : 0;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
