package dev.fairlead.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Signals sent to this process. They are blocked in every thread and read from a descriptor, which is the only
/// way to get all of them in a Java process, with their sender. Blocking has to happen before the Java machine
/// starts its threads: a launcher does it, and [#areBlocked] tells whether one did.
public final class Signals {
    private static final int SIG_BLOCK = 0;
    private static final int INFO_SIZE = 128;

    private static final Libc.Function PTHREAD_SIGMASK = new Libc.Function("pthread_sigmask");
    private static final Libc.Function SIGNALFD = new Libc.Function("signalfd");
    private static final Libc.Function READ = new Libc.Function("read");

    private Signals() {}

    /// What every thread of this process that existed first has blocked, as the launcher left it.
    public static boolean areBlocked(SignalSet set) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("SigBlk:")) {
                    long bits = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                    return new SignalSet(bits).containsAll(set);
                }
            }
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Blocks the set in the calling thread, and so in the threads it starts and in what it executes.
    public static void block(SignalSet set) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            int errno = PTHREAD_SIGMASK.result(SIG_BLOCK, set.allocate(arena), 0);
            if (errno != 0) {
                throw new OsException("pthread_sigmask", errno);
            }
        }
    }

    /// A descriptor that is readable while one of these signals, which must be blocked, is pending.
    public static int open(SignalSet set) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            return SIGNALFD.call(-1, set.allocate(arena), Descriptors.O_CLOEXEC | Descriptors.O_NONBLOCK);
        }
    }

    /// Everything that is pending now. Signals coalesce: one `CHLD` may stand for several children.
    public static List<Received> read(int descriptor) throws OsException {
        List<Received> all = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_SIZE, 8);
            while (READ.wideResult(descriptor, info.address(), INFO_SIZE) == INFO_SIZE) {
                all.add(new Received(
                        info.get(ValueLayout.JAVA_INT, 0),
                        info.get(ValueLayout.JAVA_INT, 12),
                        info.get(ValueLayout.JAVA_INT, 16)));
            }
        }
        return all;
    }

    /// One signal.
    ///
    /// @param number which
    /// @param pid who sent it; 0 for the kernel
    /// @param uid as whom
    public record Received(int number, int pid, int uid) {}
}
