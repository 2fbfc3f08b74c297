package dev.fairlead.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens files as plain descriptors, for children to inherit.
public final class OpenFile {
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_NOCTTY = 0x100;
    private static final int O_TRUNC = 0x200;
    private static final int O_APPEND = 0x400;

    private static final Libc.Function OPEN = new Libc.Function("open");

    private OpenFile() {}

    /// Nothing to read, and what is written is dropped.
    public static int nothing() throws OsException {
        return open(Path.of("/dev/null"), O_RDWR);
    }

    public static int reading(Path path) throws OsException {
        return open(path, 0);
    }

    /// A file without a name, to read this text from.
    public static int holding(String text) throws OsException {
        try {
            Path file = Files.createTempFile("fairlead", ".in");
            try {
                Files.writeString(file, text);
                return reading(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException full) {
            throw new OsException("write", Errno.EIO).about(String.valueOf(full.getMessage()));
        }
    }

    /// Writes from the start over what is there; makes the file with mode 0644 less the umask.
    public static int overwriting(Path path) throws OsException {
        return open(path, O_WRONLY | O_CREAT);
    }

    public static int truncating(Path path) throws OsException {
        return open(path, O_WRONLY | O_CREAT | O_TRUNC);
    }

    public static int appending(Path path) throws OsException {
        return open(path, O_WRONLY | O_CREAT | O_APPEND);
    }

    private static int open(Path path, int flags) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            return OPEN.call(Libc.text(arena, path.toString()), flags | O_NOCTTY | Descriptors.O_CLOEXEC, 0644);
        } catch (OsException refused) {
            throw refused.about(path.toString());
        }
    }
}
