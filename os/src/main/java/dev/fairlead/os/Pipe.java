package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// A pipe. Both ends are closed on exec; the reading end does not block.
///
/// @param readEnd the descriptor that is read from
/// @param writeEnd the descriptor that a child is given
public record Pipe(int readEnd, int writeEnd) {
    private static final Libc.Function PIPE2 = new Libc.Function("pipe2");
    private static final Libc.Function READ = new Libc.Function("read");
    private static final Libc.Function WRITE = new Libc.Function("write");

    public static Pipe open() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(8, 4);
            PIPE2.call(ends.address(), Descriptors.O_CLOEXEC);
            Pipe pipe = new Pipe(ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4));
            Descriptors.blocks(pipe.readEnd, false);
            return pipe;
        }
    }

    /// Reads what is there into a direct buffer.
    ///
    /// @return how much was read; 0 if nothing is there now; -1 once every writer has closed its end
    public static int read(int descriptor, ByteBuffer direct) throws OsException {
        MemorySegment target = MemorySegment.ofBuffer(direct);
        long count = READ.wideResult(descriptor, target.address(), direct.remaining());
        if (count > 0) {
            direct.position(direct.position() + (int) count);
            return (int) count;
        }
        if (count == 0) {
            return -1;
        }
        int errno = Libc.lastErrno();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return 0;
        }
        throw new OsException("read", errno);
    }

    /// Writes all of it, waiting while the pipe is full.
    public static void write(int descriptor, byte[] bytes) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, source, ValueLayout.JAVA_BYTE, 0, bytes.length);
            long done = 0;
            while (done < bytes.length) {
                long count = WRITE.wideResult(descriptor, source.address() + done, bytes.length - done);
                if (count < 0) {
                    int errno = Libc.lastErrno();
                    if (errno != Errno.EINTR) {
                        throw new OsException("write", errno);
                    }
                    continue;
                }
                done += count;
            }
        }
    }
}
