package dev.fairlead.engine.stick;

import dev.fairlead.model.text.Counter;
import org.jspecify.annotations.Nullable;

/// The counters of a key. Shared by all loops.
public final class Entry {
    /// What a counter says that the table does not have.
    public static final long NOT_STORED = Long.MIN_VALUE;

    private final Layout layout;
    private final long[] counts;
    private final @Nullable Rate[] rates;
    private volatile String server = "";
    private int trackers;
    private long expiresMillis;

    Entry(Layout layout) {
        this.layout = layout;
        this.counts = new long[Layout.COUNTERS];
        this.rates = layout.rates();
    }

    /// As it is now; what is counted in either from here on is not in the other.
    synchronized Entry copy() {
        Entry copy = new Entry(layout);
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        for (int i = 0; i < rates.length; i++) {
            Rate rate = rates[i];
            copy.rates[i] = rate == null ? null : rate.copy();
        }
        copy.server = server;
        copy.trackers = trackers;
        copy.expiresMillis = expiresMillis;
        return copy;
    }

    /// The server that the key is bound to; empty for none.
    public String server() {
        return server;
    }

    public void server(String name) {
        server = name;
    }

    /// @return [#NOT_STORED] for what the table does not have
    public synchronized long value(Counter counter, long nowMillis) {
        if (counter == Counter.TRACKERS) {
            return trackers;
        }
        int place = Layout.placeOf(counter);
        Rate rate = rates[place];
        if (rate != null) {
            return rate.at(nowMillis);
        }
        return layout.has(counter) ? counts[place] : NOT_STORED;
    }

    /// Counts events; for a counter that has a rate, in that too. What the table does not have is left out.
    public synchronized void add(Counter counter, long events, long nowMillis) {
        counts[Layout.placeOf(counter)] += events;
        Rate own = rates[Layout.placeOf(counter)];
        if (own != null) {
            own.add(events, nowMillis);
        }
        int ofRate = layout.rateOf(counter);
        Rate rate = ofRate < 0 ? null : rates[ofRate];
        if (rate != null) {
            rate.add(events, nowMillis);
        }
    }

    public synchronized void set(Counter counter, long number, long nowMillis) {
        Rate rate = rates[Layout.placeOf(counter)];
        if (rate != null) {
            rate.set(number, nowMillis);
        }
        counts[Layout.placeOf(counter)] = number;
    }

    synchronized void track() {
        trackers++;
    }

    synchronized void release(long expiresMillis) {
        trackers--;
        this.expiresMillis = expiresMillis;
    }

    synchronized void touch(long expiresMillis) {
        this.expiresMillis = expiresMillis;
    }

    /// Milliseconds until it is forgotten.
    public synchronized long leftMillis(long nowMillis) {
        return Math.max(0, expiresMillis - nowMillis);
    }

    /// How many connections and requests track it.
    public synchronized int trackers() {
        return trackers;
    }

    synchronized boolean isFree() {
        return trackers == 0;
    }

    synchronized boolean isExpired(long nowMillis) {
        return trackers == 0 && expiresMillis <= nowMillis;
    }
}
