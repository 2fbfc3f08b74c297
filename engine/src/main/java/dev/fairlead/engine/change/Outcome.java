package dev.fairlead.engine.change;

import dev.fairlead.os.Errno;

/// What came of a change.
///
/// @param status that is answered
/// @param complaint for the error log; empty for none
record Outcome(int status, String complaint) {
    private static final int INSUFFICIENT_STORAGE = 507;

    static Outcome done(int status) {
        return new Outcome(status, "");
    }

    static Outcome refused(int status, String complaint) {
        return new Outcome(status, complaint);
    }

    /// @param errno the negative answer of the kernel
    /// @param missing the status where something is not there
    static Outcome failed(int errno, int missing, String call, String name) {
        int status = switch (-errno) {
            case Errno.ENOENT, Errno.ENOTDIR, Errno.ENAMETOOLONG -> missing;
            case Errno.EEXIST -> 405;
            case Errno.EACCES, Errno.EPERM -> 403;
            case Errno.ENOSPC -> INSUFFICIENT_STORAGE;
            default -> 500;
        };
        String reason = "(" + -errno + ": " + Errno.describe(-errno) + ")";
        return new Outcome(status, call + " \"" + name + "\" failed " + reason);
    }
}
