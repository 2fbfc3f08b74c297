package dev.fairlead.process.state;

import dev.fairlead.model.service.lifecycle.StartLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// When a unit was started, as far as its start limit counts it.
///
/// @param startNanos the moments, oldest first, on the clock that only goes forward
public record StartHistory(List<Long> startNanos) {
    public static final StartHistory EMPTY = new StartHistory(List.of());

    public StartHistory {
        startNanos = List.copyOf(startNanos);
    }

    /// Whether one more start now stays within the limit.
    public boolean allows(StartLimit limit, long now) {
        return limit.isUnlimited() || within(limit, now).size() < limit.burst();
    }

    /// With a start now; what the limit no longer counts is forgotten.
    public StartHistory with(StartLimit limit, long now) {
        List<Long> counted = within(limit, now);
        counted.add(now);
        return new StartHistory(counted);
    }

    private List<Long> within(StartLimit limit, long now) {
        List<Long> counted = new ArrayList<>();
        long nanos = limit.interval().compareTo(Duration.ofDays(36_500)) > 0
                ? Long.MAX_VALUE
                : limit.interval().toNanos();
        for (long start : startNanos) {
            if (now - start < nanos) {
                counted.add(start);
            }
        }
        return counted;
    }
}
