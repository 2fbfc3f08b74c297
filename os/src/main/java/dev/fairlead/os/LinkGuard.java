package dev.fairlead.os;

import java.util.Arrays;

/// Opens files by way of each folder in their names, so that no symbolic link is followed that is not wanted,
/// not even one that appears meanwhile. Such a link is answered with [Errno#ELOOP].
public final class LinkGuard {
    private static final byte[] TOP = {'/', 0};

    private final FileAccess access;
    private final boolean allowsOwn;

    /// @param allowsOwn whether links are followed that belong to the owner of what they lead to
    public LinkGuard(FileAccess access, boolean allowsOwn) {
        this.access = access;
        this.allowsOwn = allowsOwn;
    }

    /// Opens for reading.
    ///
    /// @param name with a zero behind it
    /// @return a descriptor, the caller's to close, or a negative error number
    public int open(byte[] name) {
        return walk(name, true);
    }

    /// Opens so that it can be looked at, whatever it is and whoever may read it.
    ///
    /// @param name with a zero behind it
    /// @return a descriptor, the caller's to close, or a negative error number
    public int openToLook(byte[] name) {
        return walk(name, false);
    }

    private int walk(byte[] name, boolean forReading) {
        int length = name.length - 1;
        int at = 0;
        int folder = FileAccess.AT_FDCWD;
        if (length > 0 && name[0] == '/') {
            folder = access.enter(FileAccess.AT_FDCWD, TOP, true);
            at = 1;
        }
        while (folder >= 0 || folder == FileAccess.AT_FDCWD) {
            while (at < length && name[at] == '/') {
                at++;
            }
            int end = at;
            while (end < length && name[end] != '/') {
                end++;
            }
            boolean isLast = end == length;
            byte[] part = at == end ? new byte[] {'.', 0} : part(name, at, end);
            int next = step(folder, part, isLast, forReading);
            if (folder >= 0) {
                Descriptors.close(folder);
            }
            if (isLast) {
                return next;
            }
            folder = next;
            at = end;
        }
        return folder;
    }

    private static byte[] part(byte[] name, int from, int to) {
        return Arrays.copyOf(Arrays.copyOfRange(name, from, to), to - from + 1);
    }

    private int step(int folder, byte[] part, boolean isLast, boolean forReading) {
        int opened =
                isLast ? access.openIn(folder, part, allowsOwn, forReading) : access.enter(folder, part, allowsOwn);
        if (opened < 0) {
            return isLink(folder, part) && !allowsOwn ? -Errno.ELOOP : opened;
        }
        if (isLink(folder, part)) {
            int owner = access.owner();
            if (!allowsOwn || access.look(opened) < 0 || access.owner() != owner) {
                Descriptors.close(opened);
                return -Errno.ELOOP;
            }
        }
        return opened;
    }

    private boolean isLink(int folder, byte[] part) {
        return access.lookAtLinkIn(folder, part) >= 0 && access.isLink();
    }
}
