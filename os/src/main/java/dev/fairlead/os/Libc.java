package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The one way into libc. All functions used here take at most six integers or pointers and return one, all of
/// which both supported machines pass in 64-bit registers, so a single calling shape serves them all: surplus
/// arguments are ignored by the callee, and an `int` result is the low half of the register.
@SuppressWarnings("restricted") // calling libc is what this class is for
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            ERRNO);
    private static final ThreadLocal<MemorySegment> CALL_STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Libc() {}

    /// A libc function, looked up at its first call.
    static final class Function {
        private final String name;
        private volatile MemorySegment address = MemorySegment.NULL;

        Function(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /// The result of a function that returns `int` and sets `errno`; fails where it is -1.
        int call(long... arguments) throws OsException {
            int result = result(arguments);
            if (result == -1) {
                throw new OsException(name, lastErrno());
            }
            return result;
        }

        /// The result of a function that returns `int`, whatever it is.
        int result(long... arguments) {
            return (int) invoke(arguments);
        }

        /// The result of a function that returns `ssize_t` or a pointer, whatever it is.
        long wideResult(long... arguments) {
            return invoke(arguments);
        }

        private long invoke(long[] a) {
            try {
                return (long) CALL.invokeExact(
                        address(),
                        CALL_STATE.get(),
                        argument(a, 0),
                        argument(a, 1),
                        argument(a, 2),
                        argument(a, 3),
                        argument(a, 4),
                        argument(a, 5));
            } catch (Throwable impossible) {
                throw new IllegalStateException("calling " + name, impossible);
            }
        }

        private static long argument(long[] arguments, int index) {
            return index < arguments.length ? arguments[index] : 0;
        }

        private MemorySegment address() {
            MemorySegment found = address;
            if (found.equals(MemorySegment.NULL)) {
                found = LINKER.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsupportedOperationException("this libc has no " + name));
                address = found;
            }
            return found;
        }
    }

    /// The error of the calling thread's last call.
    static int lastErrno() {
        return CALL_STATE.get().get(ValueLayout.JAVA_INT, 0);
    }

    /// A text as C has it, in UTF-8 with a zero behind it; the address of it.
    static long text(SegmentAllocator allocator, String text) {
        return allocator.allocateFrom(text, StandardCharsets.UTF_8).address();
    }

    /// A zero-terminated array of texts, as `execve` takes it; the address of it.
    static long texts(SegmentAllocator allocator, List<String> texts) {
        MemorySegment array = allocator.allocate(MemoryLayout.sequenceLayout(texts.size() + 1L, ValueLayout.JAVA_LONG));
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.JAVA_LONG, i, text(allocator, texts.get(i)));
        }
        return array.address();
    }

    /// The text that libc keeps at an address.
    static String textAt(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
    }

    /// Memory that libc keeps at an address.
    static MemorySegment memoryAt(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size);
    }
}
