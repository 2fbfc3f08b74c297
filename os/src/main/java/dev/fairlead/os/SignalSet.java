package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;

/// A set of signals as the kernel has it: bit n-1 for signal n.
///
/// @param bits the set
public record SignalSet(long bits) {
    public static final SignalSet NONE = new SignalSet(0);
    /// All that may be reset to their default: not KILL and STOP, nor the two that libc keeps for its threads.
    static final SignalSet RESETTABLE = new SignalSet(~of(9, 19, 32, 33).bits);
    private static final int LIBC_SIZE = 128;

    public static SignalSet of(int... numbers) {
        long bits = 0;
        for (int number : numbers) {
            bits |= 1L << (number - 1);
        }
        return new SignalSet(bits);
    }

    public static SignalSet of(Collection<Integer> numbers) {
        return of(numbers.stream().mapToInt(Integer::intValue).toArray());
    }

    public SignalSet with(int... numbers) {
        return new SignalSet(bits | of(numbers).bits);
    }

    public boolean contains(int number) {
        return (bits & (1L << (number - 1))) != 0;
    }

    public boolean containsAll(SignalSet other) {
        return (bits & other.bits) == other.bits;
    }

    /// As libc's `sigset_t`; the address of it.
    long allocate(Arena arena) {
        MemorySegment set = arena.allocate(LIBC_SIZE, 8);
        set.set(ValueLayout.JAVA_LONG, 0, bits);
        return set.address();
    }
}
