package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Addresses as the kernel lays them out.
final class SocketAddresses {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    /// The longest path a unix socket can have, in bytes.
    static final int LONGEST_PATH = 107;

    private SocketAddresses() {}

    static MemorySegment of(Arena arena, InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        byte[] bytes = ip.getAddress();
        boolean six = bytes.length == 16;
        MemorySegment out = arena.allocate(six ? 28 : 16, 4);
        out.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? AF_INET6 : AF_INET));
        out.set(ValueLayout.JAVA_BYTE, 2, (byte) (address.getPort() >> 8));
        out.set(ValueLayout.JAVA_BYTE, 3, (byte) address.getPort());
        MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, six ? 8 : 4, bytes.length);
        if (ip instanceof Inet6Address scoped) {
            out.set(ValueLayout.JAVA_INT, 24, scoped.getScopeId());
        }
        return out;
    }

    /// @param name a path, or `@name` for one in the abstract namespace
    static MemorySegment unix(Arena arena, String name) throws OsException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_PATH) {
            throw new OsException("a unix socket's path has at most 107 bytes, this one " + bytes.length, Errno.EINVAL);
        }
        boolean isAbstract = name.startsWith("@");
        if (isAbstract) {
            bytes[0] = 0;
        }
        // A path ends with a zero; an abstract name ends where the length says.
        MemorySegment out = arena.allocate(2 + bytes.length + (isAbstract ? 0 : 1), 2);
        out.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, 2, bytes.length);
        return out;
    }

    static MemorySegment unix(Arena arena, Path path) throws OsException {
        return unix(arena, path.toString());
    }

    /// @param length how much of it is the address
    static String text(MemorySegment raw, int length) {
        if (raw.get(ValueLayout.JAVA_SHORT, 0) == AF_UNIX) {
            byte[] bytes = raw.asSlice(2, Math.max(0, length - 2)).toArray(ValueLayout.JAVA_BYTE);
            String name = new String(bytes, StandardCharsets.UTF_8);
            return "unix:" + (name.startsWith("\0") ? "@" + name.substring(1) : name.replaceFirst("\0.*", ""));
        }
        InetSocketAddress address = inet(raw);
        String host = address.getAddress().getHostAddress();
        boolean isSix = address.getAddress().getAddress().length == 16;
        if (!isSix) {
            return host + ":" + address.getPort();
        }
        return "["
                + (address.getAddress().isAnyLocalAddress()
                        ? "::"
                        : address.getAddress().isLoopbackAddress() ? "::1" : host)
                + "]:" + address.getPort();
    }

    static InetSocketAddress inet(MemorySegment raw) {
        int family = raw.get(ValueLayout.JAVA_SHORT, 0);
        int port = (raw.get(ValueLayout.JAVA_BYTE, 2) & 0xff) << 8 | (raw.get(ValueLayout.JAVA_BYTE, 3) & 0xff);
        byte[] bytes = new byte[family == AF_INET6 ? 16 : 4];
        MemorySegment.copy(raw, ValueLayout.JAVA_BYTE, family == AF_INET6 ? 8 : 4, bytes, 0, bytes.length);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
