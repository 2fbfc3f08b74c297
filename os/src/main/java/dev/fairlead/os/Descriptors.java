package dev.fairlead.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// What is done with a descriptor, whatever it stands for.
public final class Descriptors {
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;
    private static final int FIRST_FREE = 3;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    private static final Libc.Function CLOSE = new Libc.Function("close");
    private static final Libc.Function FCNTL = new Libc.Function("fcntl");
    private static final Libc.Function SYSCALL = new Libc.Function("syscall");
    private static final int CLOSE_RANGE = 436;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final long LAST = 0xffffffffL;

    private Descriptors() {}

    /// Closes it. Never fails: there is nothing a caller could do about it.
    public static void close(int descriptor) {
        CLOSE.result(descriptor);
    }

    /// Whether the number stands for something open.
    public static boolean isOpen(int descriptor) {
        return FCNTL.result(descriptor, F_GETFD) != -1;
    }

    /// Whether programs this process executes keep it open.
    public static void closesOnExec(int descriptor, boolean closes) throws OsException {
        FCNTL.call(descriptor, F_SETFD, closes ? FD_CLOEXEC : 0);
    }

    /// Programs this process executes keep exactly these open, besides input, output and errors.
    ///
    /// @throws OsException if one of them is not open
    public static void keptOnExec(Collection<Integer> kept) throws OsException {
        if (SYSCALL.result(CLOSE_RANGE, FIRST_FREE, LAST, CLOSE_RANGE_CLOEXEC) != 0) {
            // Kernels before 5.11.
            for (int descriptor : open()) {
                FCNTL.result(descriptor, F_SETFD, FD_CLOEXEC);
            }
        }
        for (int descriptor : kept) {
            closesOnExec(descriptor, false);
        }
    }

    private static List<Integer> open() throws OsException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.map(path -> Integer.parseInt(String.valueOf(path.getFileName())))
                    .filter(number -> number >= FIRST_FREE)
                    .toList();
        } catch (IOException unreadable) {
            throw new OsException("/proc/self/fd", Errno.EIO);
        }
    }

    /// Whether reading and writing return at once instead of waiting.
    public static void blocks(int descriptor, boolean blocks) throws OsException {
        int flags = FCNTL.call(descriptor, F_GETFL);
        FCNTL.call(descriptor, F_SETFL, blocks ? (flags & ~O_NONBLOCK) : (flags | O_NONBLOCK));
    }

    /// A second descriptor for the same thing, closed on exec.
    public static int duplicate(int descriptor) throws OsException {
        return duplicateAtLeast(descriptor, FIRST_FREE);
    }

    /// A second descriptor for the same thing, at or above the number given, closed on exec.
    static int duplicateAtLeast(int descriptor, int lowest) throws OsException {
        return FCNTL.call(descriptor, F_DUPFD_CLOEXEC, lowest);
    }
}
