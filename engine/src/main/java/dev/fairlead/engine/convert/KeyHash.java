package dev.fairlead.engine.convert;

import dev.fairlead.model.text.Conversion.Hash;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// Hashes of texts, as they choose servers and make short keys.
public final class KeyHash {
    private KeyHash() {}

    /// @param text a byte a character
    /// @param avalanche whether the bits are mixed once more; hashes of 64 bits are not
    /// @param seed for the algorithms that have one
    /// @return 32 bits without a sign, or 64 with one
    public static long of(Hash hash, String text, boolean avalanche, long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long value = switch (hash) {
            case CRC32 -> sum(new CRC32(), bytes);
            case CRC32C -> sum(new CRC32C(), bytes);
            case DJB2 -> djb2(bytes);
            case SDBM -> sdbm(bytes);
            case WT6 -> wt6(bytes);
            case XXH32 -> XxHash.of32(bytes, (int) seed) & 0xffff_ffffL;
            case XXH64 -> XxHash.of64(bytes, seed);
            case XXH3 -> throw new IllegalArgumentException("no such hash: " + hash);
        };
        boolean isShort = hash != Hash.XXH64;
        return avalanche && isShort ? mixed((int) value) & 0xffff_ffffL : value;
    }

    private static long sum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return checksum.getValue();
    }

    private static long djb2(byte[] bytes) {
        int hash = 5381;
        for (byte b : bytes) {
            hash = hash * 33 + (b & 0xff);
        }
        return hash & 0xffff_ffffL;
    }

    private static long sdbm(byte[] bytes) {
        int hash = 0;
        for (byte b : bytes) {
            hash = (b & 0xff) + (hash << 6) + (hash << 16) - hash;
        }
        return hash & 0xffff_ffffL;
    }

    /// Two halves that turn each other round, by as much as they say themselves.
    private static long wt6(byte[] bytes) {
        int left = 0xa53c965a;
        int right = 0x5ca6953a;
        int leftTurn = 6;
        int rightTurn = 18;
        for (byte b : bytes) {
            int c = b & 0xff;
            left = ~(left ^ c);
            right = ~(right + c);
            int turned = Integer.rotateLeft(right, leftTurn);
            right = Integer.rotateLeft(left, rightTurn);
            left = turned;
            int turns = (left >>> 16 ^ right) & 0xffff;
            leftTurn = turns & 0x1f;
            rightTurn = turns >>> 11;
        }
        return (left ^ right) & 0xffff_ffffL;
    }

    /// Robert Jenkins' mixing of 32 bits, spread by a large prime.
    static int mixed(int value) {
        int a = value;
        a = a + 0x7ed55d16 + (a << 12);
        a = a ^ 0xc761c23c ^ a >>> 19;
        a = a + 0x165667b1 + (a << 5);
        a = a + 0xd3a2646c ^ a << 9;
        a = a + 0xfd7046c5 + (a << 3);
        a = a ^ 0xb55a4f09 ^ a >>> 16;
        return a * (int) 3221225473L;
    }
}
