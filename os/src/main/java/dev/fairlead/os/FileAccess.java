package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Looks at files and opens them by the bytes of their names, whatever the locale. Names are strings whose
/// characters are bytes (ISO-8859-1), or such bytes with a zero behind them.
///
/// Answers are the kernel's: zero or more, or a negative error number as in [Errno]. What is asked of a file is
/// there to be read until the next question. One object for one thread.
public final class FileAccess {
    /// What a name may have at most, in bytes, its end included.
    private static final int LONGEST_NAME = 4096;

    static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int BASIC_FACTS = 0x7ff;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_NOCTTY = 0x100;
    private static final int O_DIRECTORY = 0x10000;
    private static final int O_NOFOLLOW = 0x20000;
    private static final int O_PATH = 0x200000;

    private static final int TYPE_MASK = 0xf000;
    private static final int TYPE_FOLDER = 0x4000;
    private static final int TYPE_FILE = 0x8000;
    private static final int TYPE_LINK = 0xa000;

    private static final Libc.Function STATX = new Libc.Function("statx");
    private static final Libc.Function OPENAT = new Libc.Function("openat");
    private static final Libc.Function PREAD = new Libc.Function("pread");
    private static final Libc.Function REALPATH = new Libc.Function("realpath");
    private static final Libc.Function FACCESSAT = new Libc.Function("faccessat");
    private static final Libc.Function OPENDIR = new Libc.Function("opendir");
    private static final Libc.Function READDIR = new Libc.Function("readdir");
    private static final Libc.Function CLOSEDIR = new Libc.Function("closedir");
    private static final long ENTRY_NAME = 19;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment nameArea = arena.allocate(LONGEST_NAME, 8);
    private final MemorySegment resolved = arena.allocate(LONGEST_NAME, 8);
    private final MemorySegment facts = arena.allocate(256, 8);

    /// A name with a zero behind it, ready for many calls.
    public static byte[] name(String text) {
        byte[] bytes = new byte[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /// Asks about a file; links are followed.
    public int look(byte[] name) {
        return statx(AT_FDCWD, name, 0);
    }

    /// Asks about the link itself, if it is one.
    public int lookAtLink(byte[] name) {
        return statx(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW);
    }

    /// Asks about what is open.
    public int look(int descriptor) {
        nameArea.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
        return outcome(STATX.result(descriptor, nameArea.address(), AT_EMPTY_PATH, BASIC_FACTS, facts.address()));
    }

    /// Asks about a name in an open folder; a link is not followed.
    int lookAtLinkIn(int folder, byte[] name) {
        return statx(folder, name, AT_SYMLINK_NOFOLLOW);
    }

    private int statx(int folder, byte[] name, int flags) {
        int unusable = put(name);
        if (unusable != 0) {
            return unusable;
        }
        return outcome(STATX.result(folder, nameArea.address(), flags, BASIC_FACTS, facts.address()));
    }

    /// Opens for reading, without waiting for the other end of a pipe. The descriptor is the caller's to close.
    public int open(byte[] name) {
        return openIn(AT_FDCWD, name, O_NONBLOCK);
    }

    /// A folder as a place to start from, by no right but that to pass through; a link is refused.
    int enter(int folder, byte[] name, boolean throughLinks) {
        return openIn(folder, name, O_PATH | O_DIRECTORY | (throughLinks ? 0 : O_NOFOLLOW));
    }

    /// For reading, or only to look at what it is.
    int openIn(int folder, byte[] name, boolean throughLinks, boolean forReading) {
        return openIn(folder, name, (forReading ? O_NONBLOCK : O_PATH) | (throughLinks ? 0 : O_NOFOLLOW));
    }

    private int openIn(int folder, byte[] name, int flags) {
        int unusable = put(name);
        if (unusable != 0) {
            return unusable;
        }
        return outcome(OPENAT.result(folder, nameArea.address(), flags | O_NOCTTY | Descriptors.O_CLOEXEC, 0));
    }

    /// Whether this process may execute it, or pass through the folder.
    public boolean isExecutable(byte[] name) {
        return put(name) == 0 && FACCESSAT.result(AT_FDCWD, nameArea.address(), 1, 0) == 0;
    }

    /// Reads from a position on into the free part of a direct buffer.
    ///
    /// @return bytes read, 0 at the end of the file
    public int read(int descriptor, ByteBuffer into, long position) {
        MemorySegment area = MemorySegment.ofBuffer(into);
        int count = outcome(PREAD.result(descriptor, area.address(), into.remaining(), position));
        if (count > 0) {
            into.position(into.position() + count);
        }
        return count;
    }

    /// The name without links and dots; empty text if it leads nowhere.
    public String realName(byte[] name) {
        if (put(name) != 0 || REALPATH.wideResult(nameArea.address(), resolved.address()) == 0) {
            return "";
        }
        return resolved.getString(0, StandardCharsets.ISO_8859_1);
    }

    /// The names in a folder in the kernel's order, `.` and `..` among them.
    ///
    /// @param into where they are put; what was there stays
    /// @return zero, or a negative error number
    public int list(byte[] folder, List<String> into) {
        int unusable = put(folder);
        if (unusable != 0) {
            return unusable;
        }
        long stream = OPENDIR.wideResult(nameArea.address());
        if (stream == 0) {
            return -Libc.lastErrno();
        }
        List<String> names = new ArrayList<>();
        for (long entry = READDIR.wideResult(stream); entry != 0; entry = READDIR.wideResult(stream)) {
            MemorySegment bytes = Libc.memoryAt(entry + ENTRY_NAME, 256);
            names.add(bytes.getString(0, StandardCharsets.ISO_8859_1));
        }
        CLOSEDIR.result(stream);
        into.addAll(names);
        return 0;
    }

    public boolean isFile() {
        return type() == TYPE_FILE;
    }

    public boolean isFolder() {
        return type() == TYPE_FOLDER;
    }

    public boolean isLink() {
        return type() == TYPE_LINK;
    }

    private int type() {
        return facts.get(ValueLayout.JAVA_SHORT, 28) & TYPE_MASK;
    }

    /// The rights, as `chmod` has them.
    public int mode() {
        return facts.get(ValueLayout.JAVA_SHORT, 28) & 07777;
    }

    public long size() {
        return facts.get(ValueLayout.JAVA_LONG, 40);
    }

    public int owner() {
        return facts.get(ValueLayout.JAVA_INT, 20);
    }

    public long inode() {
        return facts.get(ValueLayout.JAVA_LONG, 32);
    }

    /// The number of the device it is on.
    public long device() {
        return ((long) facts.get(ValueLayout.JAVA_INT, 136) << 32)
                | (facts.get(ValueLayout.JAVA_INT, 140) & 0xffffffffL);
    }

    /// When the content changed last, in seconds since 1970.
    public long modifiedSeconds() {
        return facts.get(ValueLayout.JAVA_LONG, 112);
    }

    /// When the content changed last, in nanoseconds since 1970.
    public long modifiedNanos() {
        return modifiedSeconds() * 1_000_000_000L + facts.get(ValueLayout.JAVA_INT, 120);
    }

    /// When content, name, owner or rights changed last, in nanoseconds since 1970.
    public long changedNanos() {
        return facts.get(ValueLayout.JAVA_LONG, 96) * 1_000_000_000L + facts.get(ValueLayout.JAVA_INT, 104);
    }

    private static int outcome(int result) {
        return result == -1 ? -Libc.lastErrno() : result;
    }

    private int put(byte[] name) {
        if (name.length > LONGEST_NAME) {
            return -Errno.ENAMETOOLONG;
        }
        for (int i = 0; i < name.length - 1; i++) {
            if (name[i] == 0) {
                return -Errno.ENOENT;
            }
        }
        MemorySegment.copy(name, 0, nameArea, ValueLayout.JAVA_BYTE, 0, name.length);
        return 0;
    }
}
