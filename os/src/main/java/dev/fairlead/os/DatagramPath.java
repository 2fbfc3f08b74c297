package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Sends datagrams to a unix socket at a path, such as `/dev/log`. The receiver may come, go and come again: each
/// datagram finds it by its path. One object for one thread.
public final class DatagramPath implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    private static final Libc.Function SOCKET = new Libc.Function("socket");
    private static final Libc.Function SENDTO = new Libc.Function("sendto");

    private final String path;
    private final int descriptor;

    private DatagramPath(String path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    public static DatagramPath to(String path) throws OsException {
        return new DatagramPath(path, SOCKET.call(SocketAddresses.AF_UNIX, SOCK_DGRAM | Descriptors.O_CLOEXEC, 0));
    }

    /// Sends without waiting.
    ///
    /// @throws OsException if nobody receives at the path, or its queue is full
    public void send(byte[] bytes, int length) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = SocketAddresses.unix(arena, path);
            MemorySegment data = arena.allocate(Math.max(1, length));
            MemorySegment.copy(bytes, 0, data, ValueLayout.JAVA_BYTE, 0, length);
            SENDTO.call(
                    descriptor,
                    data.address(),
                    length,
                    MSG_DONTWAIT | MSG_NOSIGNAL,
                    address.address(),
                    address.byteSize());
        }
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
