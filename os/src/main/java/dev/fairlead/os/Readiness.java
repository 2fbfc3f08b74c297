package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Waits for one of some descriptors to have something to be read: ppoll(2). For one thread.
public final class Readiness {
    private static final Libc.Function PPOLL = new Libc.Function("ppoll");
    private static final short POLLIN = 1;
    private static final int EVENTS_OFFSET = 4;
    private static final int ENTRY_SIZE = 8;
    /// How long to wait stands in front of the entries: seconds and nanoseconds.
    private static final int ENTRIES_OFFSET = 16;
    private static final long SECOND_NANOS = 1_000_000_000;

    private MemorySegment memory = Arena.ofAuto().allocate(ENTRIES_OFFSET + ENTRY_SIZE, Long.BYTES);
    private int count;

    public boolean isEmpty() {
        return count == 0;
    }

    /// Forgets all descriptors.
    public void clear() {
        count = 0;
    }

    public void add(int descriptor) {
        long at = ENTRIES_OFFSET + (long) count * ENTRY_SIZE;
        if (at == memory.byteSize()) {
            memory = Arena.ofAuto().allocate(2 * at, Long.BYTES).copyFrom(memory);
        }
        memory.set(ValueLayout.JAVA_INT, at, descriptor);
        memory.set(ValueLayout.JAVA_INT, at + EVENTS_OFFSET, POLLIN);
        count++;
    }

    /// Waits until one is ready or broken, a signal comes, or so much time is over.
    ///
    /// @return whether one is ready or broken
    public boolean await(long nanos) {
        memory.set(ValueLayout.JAVA_LONG, 0, nanos / SECOND_NANOS);
        memory.set(ValueLayout.JAVA_LONG, Long.BYTES, nanos % SECOND_NANOS);
        return PPOLL.result(memory.address() + ENTRIES_OFFSET, count, memory.address(), 0) > 0;
    }
}
