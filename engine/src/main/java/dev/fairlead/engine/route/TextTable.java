package dev.fairlead.engine.route;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values by whole texts, or by what texts begin with: a hash table with open addressing, at most half full.
/// What a search looks at lies side by side, slots in one array and all texts in another, so that one among
/// thousands touches few lines of memory; no strings are made. Texts are bytes (ISO-8859-1). Filled first, then
/// read by all loops.
final class TextTable<T> {
    /// Ints of a slot: the text's hash, where it starts, its length, and the number of its value, from 1 on; 0
    /// in a free slot.
    private static final int STRIDE = 4;

    private static final int START = 1;
    private static final int LENGTH = 2;
    private static final int VALUE = 3;

    private final List<T> values = new ArrayList<>();
    private int[] slots = new int[4 * STRIDE];
    private byte[] texts = new byte[16];
    private int stored;
    /// A bit for each length that a text has.
    private long[] lengths = new long[1];

    /// The first value put for a text stays.
    void putIfAbsent(String text, T value) {
        if (find(text) != null) {
            return;
        }
        values.add(value);
        if (values.size() * 2 * STRIDE > slots.length) {
            int[] before = slots;
            slots = new int[before.length * 2];
            for (int at = 0; at < before.length; at += STRIDE) {
                if (before[at + VALUE] != 0) {
                    System.arraycopy(before, at, slots, free(before[at]), STRIDE);
                }
            }
        }
        int at = free(text.hashCode());
        slots[at] = text.hashCode();
        slots[at + START] = store(text.getBytes(StandardCharsets.ISO_8859_1));
        slots[at + LENGTH] = text.length();
        slots[at + VALUE] = values.size();
        noteLength(text.length());
    }

    /// Says where it is from now on.
    private int store(byte[] text) {
        int start = stored;
        stored += text.length;
        if (stored > texts.length) {
            texts = Arrays.copyOf(texts, stored * 2);
        }
        System.arraycopy(text, 0, texts, start, text.length);
        return start;
    }

    private void noteLength(int length) {
        int word = length >> 6;
        if (word >= lengths.length) {
            lengths = Arrays.copyOf(lengths, word + 1);
        }
        lengths[word] |= 1L << length;
    }

    private int free(int hash) {
        int at = first(hash);
        while (slots[at + VALUE] != 0) {
            at = next(at);
        }
        return at;
    }

    /// The value of the only text; null if there are none or several.
    @Nullable
    T only() {
        return values.size() == 1 ? values.getFirst() : null;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// The value of that very text.
    @Nullable
    T find(String text) {
        return values.isEmpty() ? null : find(text, text.length(), text.hashCode());
    }

    /// The value of the longest text that this one begins with, itself included.
    @Nullable
    T findLongest(String text) {
        T longest = has(0) ? find(text, 0, 0) : null;
        int most = Math.min(text.length(), lengths.length * 64 - 1);
        int hash = 0;
        for (int length = 1; length <= most; length++) {
            hash = hash * 31 + text.charAt(length - 1);
            if (has(length)) {
                T found = find(text, length, hash);
                longest = found == null ? longest : found;
            }
        }
        return longest;
    }

    private boolean has(int length) {
        return (lengths[length >> 6] >>> length & 1) != 0;
    }

    /// @param hash of the first characters of the text, so many as length says
    private @Nullable T find(String text, int length, int hash) {
        for (int at = first(hash); slots[at + VALUE] != 0; at = next(at)) {
            if (slots[at] == hash && slots[at + LENGTH] == length && begins(text, slots[at + START], length)) {
                return values.get(slots[at + VALUE] - 1);
            }
        }
        return null;
    }

    private boolean begins(String text, int start, int length) {
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != (texts[start + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private int first(int hash) {
        return ((hash ^ (hash >>> 15)) * STRIDE) & (slots.length - 1);
    }

    private int next(int at) {
        return (at + STRIDE) & (slots.length - 1);
    }
}
