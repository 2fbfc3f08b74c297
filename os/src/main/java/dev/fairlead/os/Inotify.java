package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;

/// Tells what happens to files (inotify(7)). Not for use by several threads.
public final class Inotify implements AutoCloseable {
    public static final int MODIFY = 0x2;
    public static final int ATTRIBUTES = 0x4;
    public static final int CLOSE_WRITE = 0x8;
    public static final int MOVED_FROM = 0x40;
    public static final int MOVED_TO = 0x80;
    public static final int CREATE = 0x100;
    public static final int DELETE = 0x200;
    public static final int DELETE_SELF = 0x400;
    public static final int MOVE_SELF = 0x800;

    private static final int BUFFER = 16 * 1024;
    private static final int HEADER = 16;
    private static final Libc.Function INIT = new Libc.Function("inotify_init1");
    private static final Libc.Function ADD = new Libc.Function("inotify_add_watch");
    private static final Libc.Function READ = new Libc.Function("read");

    private final int descriptor;

    private Inotify(int descriptor) {
        this.descriptor = descriptor;
    }

    public static Inotify open() throws OsException {
        return new Inotify(INIT.call(Descriptors.O_NONBLOCK | Descriptors.O_CLOEXEC));
    }

    public int descriptor() {
        return descriptor;
    }

    /// Watches a file or folder; one that is watched already is watched for this as well.
    ///
    /// @param events those of this class, added up
    /// @return a number that stands for it in what happens
    public int watch(String path, int events) throws OsException {
        int addTo = 0x20000000;
        try (Arena arena = Arena.ofConfined()) {
            return ADD.call(descriptor, Libc.text(arena, path), events | addTo);
        } catch (OsException refused) {
            throw refused.about(path);
        }
    }

    /// Takes what has happened.
    ///
    /// @return the numbers of what it happened to
    public Set<Integer> read() {
        Set<Integer> happened = new HashSet<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER, 8);
            long count = READ.wideResult(descriptor, buffer.address(), BUFFER);
            while (count > 0) {
                for (long at = 0; at + HEADER <= count; ) {
                    happened.add(buffer.get(ValueLayout.JAVA_INT, at));
                    at += HEADER + buffer.get(ValueLayout.JAVA_INT, at + 12);
                }
                count = READ.wideResult(descriptor, buffer.address(), BUFFER);
            }
        }
        return happened;
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
