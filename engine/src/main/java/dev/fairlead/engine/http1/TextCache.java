package dev.fairlead.engine.http1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Remembers what was made of bytes that come again and again, so that it is made once: a table of fixed size
/// with two slots for each key, in which a newcomer takes the place of whoever sat there. Belongs to one event
/// loop.
final class TextCache<T> {
    private final int longest;
    /// Of the keys: where they differ, nothing else has to be looked at.
    private final int[] hashes;
    private final byte[][] keys;
    private final @Nullable Object[] values;
    private int turn;

    /// @param slots a power of two
    /// @param longest bytes of a key that is still remembered
    TextCache(int slots, int longest) {
        this.longest = longest;
        this.hashes = new int[slots];
        this.keys = new byte[slots][];
        this.values = new Object[slots];
    }

    /// @param hash of the bytes, see [#hash]
    @SuppressWarnings("unchecked")
    @Nullable
    T find(byte[] bytes, int start, int end, int hash) {
        int slot = slot(hash);
        if (isAt(slot, bytes, start, end, hash)) {
            return (T) values[slot];
        }
        int other = slot ^ 1;
        return isAt(other, bytes, start, end, hash) ? (T) values[other] : null;
    }

    private boolean isAt(int slot, byte[] bytes, int start, int end, int hash) {
        if (hashes[slot] != hash) {
            return false;
        }
        byte[] key = keys[slot];
        return key != null && Arrays.equals(key, 0, key.length, bytes, start, end);
    }

    void put(byte[] bytes, int start, int end, int hash, T value) {
        if (end - start <= longest) {
            int slot = slot(hash);
            if (keys[slot] != null && (keys[slot ^ 1] == null || (turn++ & 1) != 0)) {
                slot ^= 1;
            }
            hashes[slot] = hash;
            keys[slot] = Arrays.copyOfRange(bytes, start, end);
            values[slot] = value;
        }
    }

    static int hash(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }

    private int slot(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 16)) & (keys.length - 1);
    }
}
