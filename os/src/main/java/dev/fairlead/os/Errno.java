package dev.fairlead.os;

/// Reasons for refusal that callers tell apart, by the kernel's numbers.
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int ENAMETOOLONG = 36;
    public static final int ELOOP = 40;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ECONNABORTED = 103;
    public static final int ECONNREFUSED = 111;

    private static final Libc.Function STRERROR = new Libc.Function("strerror");

    private Errno() {}

    /// In the words of libc, such as `Permission denied`.
    public static synchronized String describe(int errno) {
        return Libc.textAt(STRERROR.wideResult(errno));
    }
}
