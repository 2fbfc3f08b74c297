package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Buffers of one event loop that are used again as soon as nobody has them. Most buffers are read from the
/// socket, decrypted, written or encrypted into and given up within microseconds. To have each from Netty's pool
/// and to give it back was a twentieth of the processor time of a small request over TLS. A buffer that somebody
/// keeps stays his; another takes its place here.
///
/// What is kept without being used is at most 636 KiB a loop, and as little as was needed at once.
final class SpareBuffers {
    private static final int SMALLEST = 8;

    /// Up to 4 KiB there is one for each of many connections: what passes on inside the program waits until the
    /// loop has read from all that have something.
    private static final int LARGEST_OF_MANY = 12;

    private static final int MANY = 64;
    private static final int PROBES = 4;

    /// Places of each power of two; of large ones only the first is used.
    private final @Nullable ByteBuf[] spare = new ByteBuf[Integer.SIZE * MANY];
    /// Of each power of two the place that was taken last.
    private final byte[] last = new byte[Integer.SIZE];

    /// An empty buffer; its user releases it as any other.
    ///
    /// @param size bytes that it has room for at least; rounded up to a power of two
    ByteBuf take(int size) {
        int power = Math.max(SMALLEST, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, size) - 1));
        int first = power * MANY;
        int probes = power <= LARGEST_OF_MANY ? PROBES : 1;
        // The one that was taken last is the one that the processor's caches still hold. Those behind it were
        // taken longest ago.
        int place = last[power];
        for (int i = 0; i < probes; i++) {
            ByteBuf present = spare[first + place];
            if (present == null) {
                break;
            }
            if (present.refCnt() == 1) {
                last[power] = (byte) place;
                // Its last user may have had it grow.
                return present.capacity() == 1 << power ? present.clear().retain() : replace(first + place, power);
            }
            if (probes > 1) {
                place = (place + 1) % MANY;
            }
        }
        last[power] = (byte) place;
        return replace(first + place, power);
    }

    private ByteBuf replace(int place, int power) {
        ByteBuf fresh = PooledByteBufAllocator.DEFAULT.directBuffer(1 << power);
        ByteBuf before = spare[place];
        spare[place] = fresh;
        if (before != null) {
            before.release();
        }
        return fresh.retain();
    }

    void release() {
        for (int i = 0; i < spare.length; i++) {
            ByteBuf left = spare[i];
            if (left != null) {
                spare[i] = null;
                left.release();
            }
        }
    }
}
