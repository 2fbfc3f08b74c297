package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// A pipe through which bytes pass from one socket to another inside the kernel, without being copied to this
/// program and back: splice(2). Nothing here waits. Not safe for use by several threads.
public final class Splice implements AutoCloseable {
    /// What a pipe holds where the user may have that much of them in all: fewer calls for the same bytes.
    private static final int CAPACITY = 1 << 20;

    private static final int F_SETPIPE_SZ = 1031;
    private static final int MOVE_AND_DO_NOT_WAIT = 1 | 2;
    private static final Libc.Function PIPE2 = new Libc.Function("pipe2");
    private static final Libc.Function FCNTL = new Libc.Function("fcntl");
    private static final Libc.Function SPLICE = new Libc.Function("splice");

    private final int readEnd;
    private final int writeEnd;
    private int pending;

    private Splice(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    /// @throws OsException where there are no more descriptors
    public static Splice open() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(8, 4);
            PIPE2.call(ends.address(), Descriptors.O_CLOEXEC | Descriptors.O_NONBLOCK);
            Splice opened = new Splice(ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4));
            // Where that is too much the pipe stays as it is.
            FCNTL.result(opened.writeEnd, F_SETPIPE_SZ, CAPACITY);
            return opened;
        }
    }

    /// How many bytes are in the pipe.
    public int pending() {
        return pending;
    }

    /// Takes what has come.
    ///
    /// @return how many bytes that were; 0 if there are none now; -1 at their end
    public int take(int socket) throws OsException {
        int count = splice(socket, writeEnd, CAPACITY);
        if (count == 0) {
            return -1;
        }
        int taken = Math.max(0, count);
        pending += taken;
        return taken;
    }

    /// Sends what is in the pipe.
    ///
    /// @return how many bytes were; 0 if the socket takes none now
    public int give(int socket) throws OsException {
        int given = Math.max(0, splice(readEnd, socket, pending));
        pending -= given;
        return given;
    }

    /// @return -1 if it would have to wait
    private static int splice(int from, int to, int most) throws OsException {
        int count = (int) SPLICE.wideResult(from, 0, to, 0, most, MOVE_AND_DO_NOT_WAIT);
        if (count < 0 && Libc.lastErrno() != Errno.EAGAIN && Libc.lastErrno() != Errno.EINTR) {
            throw new OsException("splice", Libc.lastErrno());
        }
        return count;
    }

    /// Reads what is in the pipe, all of it, into a direct buffer that has room for it.
    public void drain(ByteBuffer direct) throws OsException {
        while (pending > 0 && direct.hasRemaining()) {
            int count = Pipe.read(readEnd, direct);
            if (count <= 0) {
                throw new OsException("read", Errno.EIO);
            }
            pending -= count;
        }
    }

    @Override
    public void close() {
        Descriptors.close(readEnd);
        Descriptors.close(writeEnd);
    }
}
