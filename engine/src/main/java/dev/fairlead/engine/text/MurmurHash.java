package dev.fairlead.engine.text;

/// MurmurHash2 of Austin Appleby, 32 bits, seed 0.
final class MurmurHash {
    private static final int MULTIPLIER = 0x5bd1e995;

    private MurmurHash() {}

    static int of(byte[] data) {
        int hash = data.length;
        int at = 0;
        for (; data.length - at >= 4; at += 4) {
            int block = byteAt(data, at)
                    | byteAt(data, at + 1) << 8
                    | byteAt(data, at + 2) << 16
                    | byteAt(data, at + 3) << 24;
            block *= MULTIPLIER;
            block ^= block >>> 24;
            hash = (hash * MULTIPLIER) ^ (block * MULTIPLIER);
        }
        int left = data.length - at;
        if (left > 0) {
            for (int i = left - 1; i >= 0; i--) {
                hash ^= byteAt(data, at + i) << (8 * i);
            }
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        return hash ^ (hash >>> 15);
    }

    private static int byteAt(byte[] data, int at) {
        return data[at] & 0xff;
    }
}
