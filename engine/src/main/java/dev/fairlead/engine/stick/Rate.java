package dev.fairlead.engine.stick;

/// Events in a period: those of the present one, and of the one before in proportion to how much of it is not
/// yet a period ago.
final class Rate {
    private final long periodMillis;
    private long start;
    private long present;
    private long before;

    Rate(long periodMillis) {
        this.periodMillis = Math.max(1, periodMillis);
        start = Long.MIN_VALUE / 2;
    }

    void add(long events, long nowMillis) {
        advance(nowMillis);
        present += events;
    }

    long at(long nowMillis) {
        advance(nowMillis);
        // A single event of the period before is not shown as one half of an event.
        if (before <= 1 && present == 0) {
            return before;
        }
        return present + before * (start + periodMillis - nowMillis) / periodMillis;
    }

    void set(long events, long nowMillis) {
        start = nowMillis;
        present = events;
        before = 0;
    }

    /// As it is now; what is counted in either from here on is not in the other.
    Rate copy() {
        Rate copy = new Rate(periodMillis);
        copy.start = start;
        copy.present = present;
        copy.before = before;
        return copy;
    }

    private void advance(long nowMillis) {
        long elapsed = nowMillis - start;
        if (elapsed < periodMillis) {
            return;
        }
        if (elapsed < 2 * periodMillis) {
            before = present;
            start += periodMillis;
        } else {
            before = 0;
            start = nowMillis;
        }
        present = 0;
    }
}
