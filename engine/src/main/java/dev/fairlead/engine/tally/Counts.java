package dev.fairlead.engine.tally;

import dev.fairlead.engine.net.Loops;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What a [Tally] has counted. Each event loop counts for itself, in memory that nobody else writes, and who asks
/// adds up: some twenty counts of one request, each in one step with other threads, were a hundredth of its
/// processor time. Safe for use by several threads.
final class Counts {
    /// Places for loops; where two have the same, the second counts with the other threads.
    private static final int PLACES = 64;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private final AtomicReferenceArray<@Nullable OfLoop> ofLoops = new AtomicReferenceArray<>(PLACES);
    private final AtomicLongArray ofOthers = new AtomicLongArray(Count.ALL);
    /// What had been counted when all was forgotten.
    private volatile long[] forgotten = new long[Count.ALL];

    /// What one thread has counted.
    private static final class OfLoop {
        private final Thread owner = Thread.currentThread();
        private final long[] cells = new long[Count.ALL];

        @SuppressWarnings("ReferenceEquality") // There is one object for each thread.
        long @Nullable [] ofCaller() {
            return owner == Thread.currentThread() ? cells : null;
        }
    }

    @SuppressWarnings("EnumOrdinal") // an array in the enum's own order, never stored
    void add(Count what, long how) {
        int index = what.ordinal();
        long[] own = own();
        if (own == null) {
            ofOthers.addAndGet(index, how);
        } else {
            CELLS.setOpaque(own, index, own[index] + how);
        }
    }

    /// The cells of the loop whose thread this is; null for other threads.
    private long @Nullable [] own() {
        int number = Loops.number();
        if (number < 0) {
            return null;
        }
        int place = number % PLACES;
        OfLoop present = ofLoops.getAcquire(place);
        if (present == null) {
            ofLoops.compareAndSet(place, null, new OfLoop());
            present = ofLoops.get(place);
        }
        return present == null ? null : present.ofCaller();
    }

    @SuppressWarnings("EnumOrdinal") // an array in the enum's own order, never stored
    long of(Count what) {
        int index = what.ordinal();
        return counted(index) - forgotten[index];
    }

    private long counted(int index) {
        long sum = ofOthers.get(index);
        for (int place = 0; place < PLACES; place++) {
            OfLoop one = ofLoops.getAcquire(place);
            sum += one == null ? 0 : (long) CELLS.getOpaque(one.cells, index);
        }
        return sum;
    }

    /// Forgets all that was counted.
    void clear() {
        long[] now = new long[Count.ALL];
        Arrays.setAll(now, this::counted);
        forgotten = now;
    }
}
