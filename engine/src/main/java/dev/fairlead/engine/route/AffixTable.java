package dev.fairlead.engine.route;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values by the end, or the start, of host names, cut at dots. The longest that fits is found in one walk over
/// the name, without making strings.
final class AffixTable<T> {
    private final boolean isSuffix;
    private final Map<String, Entry<T>> entries = new HashMap<>();
    private @Nullable Entry<T>[] buckets = emptyBuckets(16);

    private AffixTable(boolean isSuffix) {
        this.isSuffix = isSuffix;
    }

    /// For ends such as `.example.org`.
    static <T> AffixTable<T> ofSuffixes() {
        return new AffixTable<>(true);
    }

    /// For starts such as `www.example.`.
    static <T> AffixTable<T> ofPrefixes() {
        return new AffixTable<>(false);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of entries of T
    private static <T> @Nullable Entry<T>[] emptyBuckets(int size) {
        return new Entry[size];
    }

    /// The first value put for a text stays.
    void put(String affix, T value) {
        if (entries.containsKey(affix)) {
            return;
        }
        int hash = 0;
        for (int i = 0; i < affix.length(); i++) {
            hash = hash * 31 + affix.charAt(at(affix, i));
        }
        Entry<T> entry = new Entry<>(affix, hash, value);
        entries.put(affix, entry);
        if (entries.size() * 2 > buckets.length) {
            buckets = emptyBuckets(buckets.length * 4);
            entries.values().forEach(this::enter);
        } else {
            enter(entry);
        }
    }

    private void enter(Entry<T> entry) {
        int slot = slot(entry.hash);
        entry.next = buckets[slot];
        buckets[slot] = entry;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & (buckets.length - 1);
    }

    /// The value of the longest text that the name ends (or starts) with, leaving at least one character over.
    @Nullable
    T find(String name) {
        if (entries.isEmpty()) {
            return null;
        }
        T best = null;
        int hash = 0;
        for (int i = 0; i < name.length() - 1; i++) {
            char c = name.charAt(at(name, i));
            hash = hash * 31 + c;
            if (c == '.') {
                T found = find(name, i + 1, hash);
                if (found != null) {
                    best = found;
                }
            }
        }
        return best;
    }

    private @Nullable T find(String name, int length, int hash) {
        for (Entry<T> entry = buckets[slot(hash)]; entry != null; entry = entry.next) {
            if (entry.hash == hash && entry.affix.length() == length && fits(name, entry.affix)) {
                return entry.value;
            }
        }
        return null;
    }

    private boolean fits(String name, String affix) {
        return isSuffix ? name.endsWith(affix) : name.startsWith(affix);
    }

    private int at(String text, int index) {
        return isSuffix ? text.length() - 1 - index : index;
    }

    private static final class Entry<T> {
        private final String affix;
        private final int hash;
        private final T value;
        private @Nullable Entry<T> next;

        Entry(String affix, int hash, T value) {
            this.affix = affix;
            this.hash = hash;
            this.value = value;
        }
    }
}
