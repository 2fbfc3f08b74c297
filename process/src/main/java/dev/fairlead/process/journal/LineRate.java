package dev.fairlead.process.journal;

import dev.fairlead.model.service.execution.Logging.Rate;

/// Counts the lines of one unit, those of about the same level together: what is important is not dropped because
/// of what is not.
final class LineRate {
    private static final int[] GROUPS = {0, 0, 0, 1, 2, 3, 3, 4};
    private static final int GROUP_COUNT = 5;

    private final long[] begun = new long[GROUP_COUNT];
    private final int[] taken = new int[GROUP_COUNT];
    private final int[] dropped = new int[GROUP_COUNT];

    /// @param now in nanoseconds of any beginning
    /// @return how many were dropped before this one, which is taken; negative: this one is dropped too
    int take(Rate rate, int level, long now) {
        int group = GROUPS[level];
        if (taken[group] == 0 || now - begun[group] > rate.interval().toNanos()) {
            int before = dropped[group];
            begun[group] = now;
            taken[group] = 1;
            dropped[group] = 0;
            return before;
        }
        if (taken[group] < rate.burst()) {
            taken[group]++;
            return 0;
        }
        dropped[group]++;
        return -1;
    }
}
