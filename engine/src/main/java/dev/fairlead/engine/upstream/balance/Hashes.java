package dev.fairlead.engine.upstream.balance;

import dev.fairlead.model.upstream.Balance;
import java.util.zip.CRC32;

/// Hash functions of 32 bits, as HAProxy computes them. Bytes are those of ISO-8859-1 texts.
final class Hashes {
    private Hashes() {}

    static int of(Balance.HashFunction function, String text, int end) {
        return switch (function) {
            case SDBM -> sdbm(text, end);
            case DJB2 -> djb2(text, end);
            case WT6 -> wt6(text, end);
            case CRC32 -> crc32(text, end);
        };
    }

    private static int sdbm(String text, int end) {
        int hash = 0;
        for (int i = 0; i < end; i++) {
            hash = octet(text, i) + (hash << 6) + (hash << 16) - hash;
        }
        return hash;
    }

    private static int djb2(String text, int end) {
        int hash = 5381;
        for (int i = 0; i < end; i++) {
            hash = (hash << 5) + hash + octet(text, i);
        }
        return hash;
    }

    private static int wt6(String text, int end) {
        int one = 0xa53c_965a;
        int two = 0x5ca6_953a;
        int turnOne = 6;
        int turnTwo = 18;
        for (int i = 0; i < end; i++) {
            int octet = octet(text, i);
            int turned = Integer.rotateLeft(~(two + octet), turnOne);
            two = Integer.rotateLeft(~(one ^ octet), turnTwo);
            one = turned;
            int next = ((one >>> 16) ^ two) & 0xffff;
            turnOne = next & 0x1f;
            turnTwo = next >>> 11;
        }
        return one ^ two;
    }

    private static int crc32(String text, int end) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < end; i++) {
            crc.update(octet(text, i));
        }
        return (int) crc.getValue();
    }

    private static int octet(String text, int at) {
        return text.charAt(at) & 0xff;
    }

    /// Robert Jenkins' mix of all bits, spread over the whole range.
    static int avalanche(int value) {
        int mixed = value;
        mixed = (mixed + 0x7ed5_5d16) + (mixed << 12);
        mixed = (mixed ^ 0xc761_c23c) ^ (mixed >>> 19);
        mixed = (mixed + 0x1656_67b1) + (mixed << 5);
        mixed = (mixed + 0xd3a2_646c) ^ (mixed << 9);
        mixed = (mixed + 0xfd70_46c5) + (mixed << 3);
        mixed = (mixed ^ 0xb55a_4f09) ^ (mixed >>> 16);
        return mixed * (int) 3_221_225_473L;
    }
}
