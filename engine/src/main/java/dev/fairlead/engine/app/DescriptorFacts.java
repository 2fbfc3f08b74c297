package dev.fairlead.engine.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the kernel tells of an open descriptor in `/proc/PID/fdinfo`: with which right it was opened, and
/// which file
/// it is. Told in one piece, so that a process cannot exchange the descriptor in between.
///
/// @param flags of open(2)
/// @param mount the file system's place
/// @param inode the file's number there; the kernel tells it since 5.14
record DescriptorFacts(int flags, long mount, long inode) {
    private static final int ACCESS_MODE = 3;
    private static final int O_WRONLY = 1;
    private static final int O_PATH = 0x200000;

    /// Whether another process may itself read what was opened here through its descriptor. We may have more
    /// rights
    /// than it has: opening `/proc/PID/fd/N` asks for ours, even if the process could only name the file.
    ///
    /// @param descriptor the other process's
    /// @param opened ours
    static boolean mayRead(long process, int descriptor, int opened) {
        Optional<DescriptorFacts> theirs = of(Long.toString(process), descriptor);
        Optional<DescriptorFacts> ours = of("self", opened);
        return theirs.isPresent()
                && ours.isPresent()
                && theirs.get().isReadable()
                && theirs.get().mount == ours.get().mount
                && theirs.get().inode == ours.get().inode;
    }

    private boolean isReadable() {
        return (flags & ACCESS_MODE) != O_WRONLY && (flags & O_PATH) == 0;
    }

    private static Optional<DescriptorFacts> of(String process, int descriptor) {
        try {
            int flags = -1;
            long mount = -1;
            long inode = -1;
            for (String line : Files.readAllLines(Path.of("/proc", process, "fdinfo", Integer.toString(descriptor)))) {
                if (line.startsWith("flags:")) {
                    flags = Integer.parseInt(line.substring(6).strip(), 8);
                } else if (line.startsWith("mnt_id:")) {
                    mount = Long.parseLong(line.substring(7).strip());
                } else if (line.startsWith("ino:")) {
                    inode = Long.parseLong(line.substring(4).strip());
                }
            }
            return flags < 0 || mount < 0 || inode < 0
                    ? Optional.empty()
                    : Optional.of(new DescriptorFacts(flags, mount, inode));
        } catch (IOException | NumberFormatException untold) {
            return Optional.empty();
        }
    }
}
