package dev.fairlead.engine.convert;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Yann Collet's xxHash, after its specification (XXH32 and XXH64, version 0.1.1).
public final class XxHash {
    private static final int A32 = 0x9E3779B1;
    private static final int B32 = 0x85EBCA77;
    private static final int C32 = 0xC2B2AE3D;
    private static final int D32 = 0x27D4EB2F;
    private static final int E32 = 0x165667B1;
    private static final long A64 = 0x9E3779B185EBCA87L;
    private static final long B64 = 0xC2B2AE3D27D4EB4FL;
    private static final long C64 = 0x165667B19E3779F9L;
    private static final long D64 = 0x85EBCA77C2B2AE63L;
    private static final long E64 = 0x27D4EB2F165667C5L;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash() {}

    static int of32(byte[] bytes, int seed) {
        int at = 0;
        int hash;
        if (bytes.length >= 16) {
            int a = seed + A32 + B32;
            int b = seed + B32;
            int c = seed;
            int d = seed - A32;
            for (; at + 16 <= bytes.length; at += 16) {
                a = round32(a, (int) INT.get(bytes, at));
                b = round32(b, (int) INT.get(bytes, at + 4));
                c = round32(c, (int) INT.get(bytes, at + 8));
                d = round32(d, (int) INT.get(bytes, at + 12));
            }
            hash = Integer.rotateLeft(a, 1)
                    + Integer.rotateLeft(b, 7)
                    + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        } else {
            hash = seed + E32;
        }
        hash += bytes.length;
        for (; at + 4 <= bytes.length; at += 4) {
            hash = Integer.rotateLeft(hash + (int) INT.get(bytes, at) * C32, 17) * D32;
        }
        for (; at < bytes.length; at++) {
            hash = Integer.rotateLeft(hash + (bytes[at] & 0xff) * E32, 11) * A32;
        }
        hash = (hash ^ hash >>> 15) * B32;
        hash = (hash ^ hash >>> 13) * C32;
        return hash ^ hash >>> 16;
    }

    private static int round32(int sum, int lane) {
        return Integer.rotateLeft(sum + lane * B32, 13) * A32;
    }

    public static long of64(byte[] bytes, long seed) {
        int at = 0;
        long hash;
        if (bytes.length >= 32) {
            long a = seed + A64 + B64;
            long b = seed + B64;
            long c = seed;
            long d = seed - A64;
            for (; at + 32 <= bytes.length; at += 32) {
                a = round64(a, (long) LONG.get(bytes, at));
                b = round64(b, (long) LONG.get(bytes, at + 8));
                c = round64(c, (long) LONG.get(bytes, at + 16));
                d = round64(d, (long) LONG.get(bytes, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merged(merged(merged(merged(hash, a), b), c), d);
        } else {
            hash = seed + E64;
        }
        return finished(hash + bytes.length, bytes, at);
    }

    private static long finished(long sum, byte[] bytes, int from) {
        long hash = sum;
        int at = from;
        for (; at + 8 <= bytes.length; at += 8) {
            hash = Long.rotateLeft(hash ^ round64(0, (long) LONG.get(bytes, at)), 27) * A64 + D64;
        }
        if (at + 4 <= bytes.length) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(bytes, at) & 0xffff_ffffL) * A64, 23) * B64 + C64;
            at += 4;
        }
        for (; at < bytes.length; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xff) * E64, 11) * A64;
        }
        hash = (hash ^ hash >>> 33) * B64;
        hash = (hash ^ hash >>> 29) * C64;
        return hash ^ hash >>> 32;
    }

    private static long round64(long sum, long lane) {
        return Long.rotateLeft(sum + lane * B64, 31) * A64;
    }

    private static long merged(long hash, long lane) {
        return (hash ^ round64(0, lane)) * A64 + D64;
    }
}
