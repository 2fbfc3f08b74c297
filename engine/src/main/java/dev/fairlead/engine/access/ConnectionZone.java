package dev.fairlead.engine.access;

import java.util.HashMap;
import java.util.Map;

/// Requests in progress by key. All loops count in the same zone, so that a limit holds for the process as a
/// whole; therefore the lock, which is taken where a limit is configured only.
final class ConnectionZone {
    private final Map<String, Integer> counts = new HashMap<>();

    /// @return whether there was room for one more
    synchronized boolean take(String key, int most) {
        int present = counts.getOrDefault(key, 0);
        if (present >= most) {
            return false;
        }
        counts.put(key, present + 1);
        return true;
    }

    synchronized int present(String key) {
        return counts.getOrDefault(key, 0);
    }

    /// Begins with what the other one has, which stays as it is.
    void assume(ConnectionZone other) {
        Map<String, Integer> theirs;
        synchronized (other) {
            theirs = new HashMap<>(other.counts);
        }
        synchronized (this) {
            counts.clear();
            counts.putAll(theirs);
        }
    }

    synchronized void release(String key) {
        counts.computeIfPresent(key, (same, present) -> present == 1 ? null : present - 1);
    }
}
