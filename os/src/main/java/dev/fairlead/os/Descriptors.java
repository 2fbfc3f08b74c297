package dev.fairlead.os;

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
