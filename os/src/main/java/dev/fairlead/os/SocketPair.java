package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Two unix stream sockets that are connected with each other. Both are closed on exec; our end does not block.
///
/// @param own the descriptor that is kept
/// @param given the descriptor that a child is given
public record SocketPair(int own, int given) {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final Libc.Function SOCKETPAIR = new Libc.Function("socketpair");

    public static SocketPair open() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(8, 4);
            SOCKETPAIR.call(AF_UNIX, SOCK_STREAM | Descriptors.O_CLOEXEC, 0, ends.address());
            SocketPair pair = new SocketPair(ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4));
            Descriptors.blocks(pair.own, false);
            return pair;
        }
    }
}
