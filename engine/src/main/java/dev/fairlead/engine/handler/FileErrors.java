package dev.fairlead.engine.handler;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.os.Errno;

/// What a file that cannot be had means for the client and for the error log.
final class FileErrors {
    private FileErrors() {}

    /// Logs the refusal and answers with the status that stands for it.
    static void fail(Exchange exchange, String call, String name, int errno) {
        int status = status(errno);
        if (status != 404 || exchange.place().settings().files().logMissing()) {
            report(exchange, call, name, errno);
        }
        exchange.fail(status);
    }

    /// Writes `open() "NAME" failed (2: No such file or directory)` to the error log.
    static void report(Exchange exchange, String call, String name, int errno) {
        LogLevel level = status(errno) == 500 ? LogLevel.CRIT : LogLevel.ERROR;
        exchange.place().report(exchange, level, call + " \"" + name + "\" failed " + reason(errno));
    }

    static int status(int errno) {
        if (errno == Errno.ENOENT || errno == Errno.ENOTDIR || errno == Errno.ENAMETOOLONG) {
            return 404;
        }
        return errno == Errno.EACCES || errno == Errno.ELOOP ? 403 : 500;
    }

    /// The number and the words of libc in parentheses.
    static String reason(int errno) {
        return errno == Errno.ENOENT
                ? "(2: No such file or directory)"
                : "(" + errno + ": " + Errno.describe(errno) + ")";
    }
}
