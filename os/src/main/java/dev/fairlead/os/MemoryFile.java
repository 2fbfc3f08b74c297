package dev.fairlead.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that lies in memory alone and is known by its descriptor: what it holds goes on over
/// [Processes#become].
public final class MemoryFile {
    private static final int MFD_CLOEXEC = 1;
    private static final Libc.Function MEMFD_CREATE = new Libc.Function("memfd_create");

    private MemoryFile() {}

    /// @param name shown in `/proc`, and of no other use
    /// @return the descriptor, closed on exec
    public static int holding(String name, byte[] bytes) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = MEMFD_CREATE.call(Libc.text(arena, name), MFD_CLOEXEC);
            Pipe.write(descriptor, bytes);
            return descriptor;
        }
    }

    /// All that it holds.
    public static byte[] read(int descriptor) throws IOException {
        return Files.readAllBytes(Path.of("/proc/self/fd/" + descriptor));
    }
}
