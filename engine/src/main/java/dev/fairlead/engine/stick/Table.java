package dev.fairlead.engine.stick;

import dev.fairlead.model.text.Counter;
import dev.fairlead.model.text.StickTable;
import dev.fairlead.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entries by key, those that were used least lately first. Shared by all loops.
public final class Table {
    private final StickTable description;
    private final Layout layout;
    private final Clock clock;
    private final long expireMillis;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private @Nullable Table model;

    Table(StickTable description, Clock clock) {
        this.description = description;
        this.layout = new Layout(description.stored());
        this.clock = clock;
        this.expireMillis = description.expire().map(time -> time.toMillis()).orElse(Long.MAX_VALUE);
    }

    public StickTable description() {
        return description;
    }

    public boolean stores(Counter counter) {
        return counter == Counter.TRACKERS || layout.has(counter);
    }

    public long nowMillis() {
        return clock.monotonicNanos() / 1_000_000;
    }

    long expiry(long nowMillis) {
        return expireMillis == Long.MAX_VALUE ? Long.MAX_VALUE : nowMillis + expireMillis;
    }

    /// Begins with the entries of another table, each copied when it is first asked for.
    ///
    /// @param other with the same description; it stays as it is
    synchronized void assume(Table other) {
        model = other;
    }

    private @Nullable Entry known(String key) {
        Entry own = entries.get(key);
        Table other = model;
        Entry theirs = own == null && other != null ? other.find(key) : null;
        if (theirs == null) {
            return own;
        }
        Entry copy = theirs.copy();
        entries.put(key, copy);
        return copy;
    }

    /// The entry of a key, null if there is none.
    public synchronized @Nullable Entry find(String key) {
        Entry entry = known(key);
        return entry == null || entry.isExpired(nowMillis()) ? null : entry;
    }

    /// The entry of a key, a new one if there is none; null if the table is full.
    public synchronized @Nullable Entry use(String key) {
        long now = nowMillis();
        Entry entry = known(key);
        if (entry != null && !entry.isExpired(now)) {
            entry.touch(expiry(now));
            return entry;
        }
        entries.remove(key);
        if (entries.size() >= description.mostEntries() && !makeRoom(now)) {
            return null;
        }
        Entry fresh = new Entry(layout);
        fresh.touch(expiry(now));
        entries.put(key, fresh);
        return fresh;
    }

    private boolean makeRoom(long now) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.isExpired(now) || (description.purges() && entry.isFree())) {
                oldest.remove();
                return true;
            }
        }
        return false;
    }

    /// How many entries there are.
    public synchronized long size() {
        long now = nowMillis();
        entries.values().removeIf(entry -> entry.isExpired(now));
        return entries.size();
    }

    /// Forgets a key, unless it is being tracked.
    ///
    /// @return false if it is being tracked
    public synchronized boolean remove(String key) {
        Entry entry = entries.get(key);
        if (entry != null && !entry.isFree()) {
            return false;
        }
        entries.remove(key);
        return true;
    }

    /// Those that are not expired, by key.
    public synchronized Map<String, Entry> present() {
        long now = nowMillis();
        entries.values().removeIf(entry -> entry.isExpired(now));
        return new LinkedHashMap<>(entries);
    }
}
