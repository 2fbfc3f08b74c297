package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Makes, moves, copies and removes files by the bytes of their names, as [FileAccess] looks at them. Answers are
/// the kernel's: zero, or a negative error number as in [Errno]. Whoever asks waits for the disk: not for event
/// loops.
public final class FileChange {
    private static final int EXDEV = 18;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int ONLY_OWNER = 0600;
    private static final int PIECE = 1 << 30;

    private static final Libc.Function RENAME = new Libc.Function("rename");
    private static final Libc.Function UNLINK = new Libc.Function("unlink");
    private static final Libc.Function RMDIR = new Libc.Function("rmdir");
    private static final Libc.Function MKDIR = new Libc.Function("mkdir");
    private static final Libc.Function CHMOD = new Libc.Function("chmod");
    private static final Libc.Function OPEN = new Libc.Function("open");
    private static final Libc.Function SENDFILE = new Libc.Function("sendfile");

    private FileChange() {}

    public static int unlink(String name) {
        return one(UNLINK, name, 0);
    }

    public static int removeFolder(String name) {
        return one(RMDIR, name, 0);
    }

    /// @param mode its rights, whatever the process's mask says
    public static int makeFolder(String name, int mode) {
        int made = one(MKDIR, name, mode);
        return made < 0 ? made : one(CHMOD, name, mode);
    }

    public static int mode(String name, int mode) {
        return one(CHMOD, name, mode);
    }

    /// Makes the folders above a name that are not there.
    public static int makeFoldersAbove(String name, int mode) {
        for (int slash = name.indexOf('/', 1); slash > 0; slash = name.indexOf('/', slash + 1)) {
            int made = makeFolder(name.substring(0, slash), mode);
            if (made < 0 && made != -Errno.EEXIST) {
                return made;
            }
        }
        return 0;
    }

    /// Replaces what has the new name. From one file system to another the file is copied, and the old one removed.
    public static int move(String from, String to) {
        int moved = rename(from, to);
        if (moved != -EXDEV) {
            return moved;
        }
        int copied = copy(from, to, ONLY_OWNER);
        return copied < 0 ? copied : unlink(from);
    }

    /// The name alone is changed.
    public static int rename(String from, String to) {
        try (Arena arena = Arena.ofConfined()) {
            return outcome(RENAME.result(text(arena, from), text(arena, to)));
        }
    }

    /// The copy gets its name when it is complete, and then replaces what has that name.
    public static int copy(String from, String to, int mode) {
        String part = to + "." + Long.toHexString(System.nanoTime())
                + Thread.currentThread().threadId();
        int source = open(from, Descriptors.O_CLOEXEC, 0);
        if (source < 0) {
            return source;
        }
        int target = open(part, O_WRONLY | O_CREAT | O_EXCL | Descriptors.O_CLOEXEC, ONLY_OWNER);
        int outcome = target < 0 ? target : pump(source, target);
        Descriptors.close(source);
        if (target < 0) {
            return outcome;
        }
        Descriptors.close(target);
        outcome = outcome < 0 ? outcome : mode(part, mode);
        outcome = outcome < 0 ? outcome : rename(part, to);
        if (outcome < 0) {
            unlink(part);
        }
        return outcome;
    }

    private static int pump(int source, int target) {
        while (true) {
            long sent = SENDFILE.wideResult(target, source, 0, PIECE);
            if (sent < 0 && Libc.lastErrno() != Errno.EINTR) {
                return -Libc.lastErrno();
            }
            if (sent == 0) {
                return 0;
            }
        }
    }

    /// A folder and all that is in it. What cannot be removed stays, and the rest of it goes all the same.
    ///
    /// @return the first error, if there is one
    public static int removeTree(FileAccess access, String folder) {
        List<String> names = new ArrayList<>();
        int outcome = access.list(FileAccess.name(folder), names);
        for (String name : names) {
            if (!isDots(name)) {
                String each = folder + "/" + name;
                int looked = access.lookAtLink(FileAccess.name(each));
                int removed = looked < 0 ? looked : access.isFolder() ? removeTree(access, each) : unlink(each);
                outcome = outcome < 0 ? outcome : removed;
            }
        }
        return outcome < 0 ? outcome : removeFolder(folder);
    }

    /// A folder and all that is in it, links as what they lead to, under another name that is not there yet.
    public static int copyTree(FileAccess access, String from, String to) {
        int looked = access.look(FileAccess.name(from));
        if (looked < 0) {
            return looked;
        }
        int mode = access.mode();
        if (!access.isFolder()) {
            return access.isFile() ? copy(from, to, mode) : 0;
        }
        List<String> names = new ArrayList<>();
        int outcome = access.list(FileAccess.name(from), names);
        outcome = outcome < 0 ? outcome : makeFolder(to, mode);
        for (String name : names) {
            if (outcome >= 0 && !isDots(name)) {
                outcome = copyTree(access, from + "/" + name, to + "/" + name);
            }
        }
        return outcome;
    }

    private static boolean isDots(String name) {
        return name.equals(".") || name.equals("..");
    }

    private static int open(String name, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return outcome(OPEN.result(text(arena, name), flags, mode));
        }
    }

    private static int one(Libc.Function function, String name, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return outcome(function.result(text(arena, name), mode));
        }
    }

    private static long text(Arena arena, String name) {
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, FileAccess.name(name));
        return bytes.address();
    }

    private static int outcome(int result) {
        return result == -1 ? -Libc.lastErrno() : result;
    }
}
