package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.TriggerLimit;
import dev.fairlead.process.baton.Baton;
import java.util.ArrayDeque;
import java.util.Deque;

/// When a unit has started another one, as far back as its limit asks.
final class TriggerHistory {
    private final Deque<Long> times = new ArrayDeque<>();

    void save(Baton part) {
        part.put("triggered", times.stream().map(String::valueOf).toList());
    }

    void resume(Baton part) {
        part.texts("triggered").forEach(time -> times.addLast(Long.parseLong(time)));
    }

    /// Counts one more, if there may be one.
    ///
    /// @return whether there may
    boolean allows(TriggerLimit limit, long nowNanos) {
        if (limit.isUnlimited()) {
            return true;
        }
        while (!times.isEmpty()
                && nowNanos - times.peekFirst() >= limit.interval().toNanos()) {
            times.pollFirst();
        }
        if (times.size() >= limit.burst()) {
            return false;
        }
        times.addLast(nowNanos);
        return true;
    }
}
