package dev.fairlead.engine.match;

import java.util.Arrays;
import java.util.List;

/// Texts that are the whole value: a hash table with open addressing, at most half full.
final class ByteTable implements TextIndex {
    private final byte[][] keys;
    private final int[] slots;
    private final boolean ignoresCase;

    /// @param keys folded; of equal ones the first counts
    ByteTable(List<byte[]> keys, boolean ignoresCase) {
        this.keys = keys.toArray(byte[][]::new);
        this.ignoresCase = ignoresCase;
        this.slots = new int[Integer.highestOneBit(Math.max(4, keys.size())) * 4];
        Arrays.fill(slots, NONE);
        for (int number = 0; number < this.keys.length; number++) {
            byte[] key = this.keys[number];
            int slot = slotOf(key, 0, key.length);
            if (slots[slot] == NONE) {
                slots[slot] = number;
            }
        }
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        return slots[slotOf(bytes, from, to)];
    }

    /// The slot of the key, or the free one where it would be.
    private int slotOf(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + Folding.of(bytes[i], ignoresCase);
        }
        int slot = (hash ^ hash >>> 15) & (slots.length - 1);
        while (slots[slot] != NONE && !is(keys[slots[slot]], bytes, from, to)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean is(byte[] key, byte[] bytes, int from, int to) {
        return key.length == to - from && Folding.startsWith(bytes, from, to, key, ignoresCase);
    }
}
