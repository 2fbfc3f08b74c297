package dev.fairlead.os;

import java.io.IOException;

/// A call the operating system refused.
public final class OsException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int errno;

    OsException(String call, int errno) {
        super(call + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    private OsException(String message, OsException cause) {
        super(message, cause);
        this.errno = cause.errno;
    }

    /// The same failure with what it was about, such as an address, in front.
    public OsException about(String subject) {
        return new OsException(subject + ": " + getMessage(), this);
    }

    /// The kernel's number for the reason; see [Errno].
    public int errno() {
        return errno;
    }

    /// The reason alone, such as `Address already in use`.
    public String reason() {
        return Errno.describe(errno);
    }
}
