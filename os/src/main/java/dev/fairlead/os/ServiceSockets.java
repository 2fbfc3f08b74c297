package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes the sockets and pipes that wait for services: of every kind, closed on exec, not blocking. Whoever asked
/// for one owns its descriptor. Failures name the address and the reason.
public final class ServiceSockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SO_PEERCRED = 17;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_CONGESTION = 13;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NOFOLLOW = 0x20000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;
    private static final int ADDRESS_SIZE = 128;

    private static final Libc.Function SOCKET = new Libc.Function("socket");
    private static final Libc.Function SETSOCKOPT = new Libc.Function("setsockopt");
    private static final Libc.Function GETSOCKOPT = new Libc.Function("getsockopt");
    private static final Libc.Function BIND = new Libc.Function("bind");
    private static final Libc.Function LISTEN = new Libc.Function("listen");
    private static final Libc.Function ACCEPT4 = new Libc.Function("accept4");
    private static final Libc.Function GETSOCKNAME = new Libc.Function("getsockname");
    private static final Libc.Function GETPEERNAME = new Libc.Function("getpeername");
    private static final Libc.Function MKFIFO = new Libc.Function("mkfifo");
    private static final Libc.Function OPEN = new Libc.Function("open");
    private static final Libc.Function FCNTL = new Libc.Function("fcntl");
    private static final Libc.Function RECV = new Libc.Function("recv");
    private static final Libc.Function READ = new Libc.Function("read");

    private ServiceSockets() {}

    /// How a socket is bound.
    ///
    /// @param first set before it is bound
    /// @param device it is bound to
    /// @param backlog how many connections wait, at most
    public record Binding(Map<SocketSetting, Integer> first, Optional<String> device, int backlog) {
        public Binding {
            first = Map.copyOf(first);
        }
    }

    /// The two ends of a connection.
    ///
    /// @param local empty for a unix socket, as `remote` is
    /// @param pid of the process at the other end of a unix socket; 0: not known
    public record Ends(Optional<InetSocketAddress> local, Optional<InetSocketAddress> remote, int pid, int uid) {}

    /// A TCP or UDP socket; a TCP one listens.
    public static int inet(SocketKind kind, InetSocketAddress address, Binding binding) throws OsException {
        boolean isSix = address.getAddress().getAddress().length == 16;
        int descriptor = open(isSix ? SocketAddresses.AF_INET6 : SocketAddresses.AF_INET, kind);
        try (Arena arena = Arena.ofConfined()) {
            set(descriptor, SocketSetting.REUSE_ADDRESS, 1, isSix);
            if (binding.device().isPresent()) {
                text(
                        arena,
                        descriptor,
                        SOL_SOCKET,
                        SO_BINDTODEVICE,
                        binding.device().get());
            }
            bind(descriptor, kind, SocketAddresses.of(arena, address), binding, isSix);
            return descriptor;
        } catch (OsException refused) {
            Descriptors.close(descriptor);
            throw refused.about(address.getAddress().getHostAddress() + ":" + address.getPort());
        }
    }

    /// A unix socket; one with connections listens.
    ///
    /// @param name a path, at which nothing may be, or `@name` for one without a file
    public static int unix(SocketKind kind, String name, Binding binding) throws OsException {
        int descriptor = open(SocketAddresses.AF_UNIX, kind);
        try (Arena arena = Arena.ofConfined()) {
            bind(descriptor, kind, SocketAddresses.unix(arena, name), binding, false);
            return descriptor;
        } catch (OsException refused) {
            Descriptors.close(descriptor);
            throw refused.about(name);
        }
    }

    private static int open(int family, SocketKind kind) throws OsException {
        return SOCKET.call(family, kind.number() | Descriptors.O_NONBLOCK | Descriptors.O_CLOEXEC, 0);
    }

    private static void bind(int descriptor, SocketKind kind, MemorySegment address, Binding binding, boolean isSix)
            throws OsException {
        for (Map.Entry<SocketSetting, Integer> one : binding.first().entrySet()) {
            if (one.getKey() != SocketSetting.IPV6_ONLY || isSix) {
                set(descriptor, one.getKey(), one.getValue(), isSix);
            }
        }
        BIND.call(descriptor, address.address(), address.byteSize());
        if (kind.isConnected()) {
            LISTEN.call(descriptor, binding.backlog());
        }
    }

    /// A named pipe, open at both ends so that it never ends; made if it is not there.
    ///
    /// @param size in bytes; empty: the kernel's choice
    public static int fifo(Path path, int mode, OptionalInt size) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            long name = Libc.text(arena, path.toString());
            if (!Files.exists(path)) {
                MKFIFO.call(name, mode);
            }
            int flags = O_RDWR | O_NOCTTY | O_NOFOLLOW | Descriptors.O_NONBLOCK | Descriptors.O_CLOEXEC;
            int descriptor = OPEN.call(name, flags);
            if (size.isPresent()) {
                FCNTL.result(descriptor, F_SETPIPE_SZ, size.getAsInt());
            }
            return descriptor;
        } catch (OsException refused) {
            throw refused.about(path.toString());
        }
    }

    /// Sets an option of an open socket.
    ///
    /// @param isSix whether it is one of IPv6
    public static void set(int descriptor, SocketSetting setting, int value, boolean isSix) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            SETSOCKOPT.call(descriptor, setting.level(isSix), setting.number(isSix), raw.address(), 4);
        }
    }

    /// Chooses the algorithm by which TCP avoids congestion.
    public static void congestion(int descriptor, String algorithm) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            text(arena, descriptor, IPPROTO_TCP, TCP_CONGESTION, algorithm);
        }
    }

    private static void text(Arena arena, int descriptor, int level, int option, String value) throws OsException {
        SETSOCKOPT.call(descriptor, level, option, Libc.text(arena, value), value.length() + 1L);
    }

    /// The next connection that waits; empty if none does now.
    public static OptionalInt accept(int listener) throws OsException {
        int descriptor = ACCEPT4.result(listener, 0, 0, Descriptors.O_NONBLOCK | Descriptors.O_CLOEXEC);
        if (descriptor >= 0) {
            return OptionalInt.of(descriptor);
        }
        int errno = Libc.lastErrno();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR || errno == Errno.ECONNABORTED) {
            return OptionalInt.empty();
        }
        throw new OsException("accept4", errno);
    }

    /// Who talks to whom over a connection; empty if it has ended already.
    public static Optional<Ends> ends(int connection) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment local = arena.allocate(ADDRESS_SIZE, 8);
            MemorySegment remote = arena.allocate(ADDRESS_SIZE, 8);
            GETSOCKNAME.call(connection, local.address(), length(arena, ADDRESS_SIZE));
            if (local.get(ValueLayout.JAVA_SHORT, 0) == SocketAddresses.AF_UNIX) {
                MemorySegment credentials = arena.allocate(12, 4);
                int known = GETSOCKOPT.result(
                        connection, SOL_SOCKET, SO_PEERCRED, credentials.address(), length(arena, 12));
                int pid = known == 0 ? credentials.get(ValueLayout.JAVA_INT, 0) : 0;
                return Optional.of(
                        new Ends(Optional.empty(), Optional.empty(), pid, credentials.get(ValueLayout.JAVA_INT, 4)));
            }
            GETPEERNAME.call(connection, remote.address(), length(arena, ADDRESS_SIZE));
            return Optional.of(new Ends(
                    Optional.of(SocketAddresses.inet(local)), Optional.of(SocketAddresses.inet(remote)), 0, 0));
        } catch (OsException gone) {
            return Optional.empty();
        }
    }

    private static long length(Arena arena, int bytes) {
        return arena.allocateFrom(ValueLayout.JAVA_INT, bytes).address();
    }

    /// Drops what waits in a socket that has no connections, or in a pipe.
    public static void drop(int descriptor, boolean isPipe) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment scratch = arena.allocate(isPipe ? 65_536 : 8);
            long count;
            do {
                count = isPipe
                        ? READ.wideResult(descriptor, scratch.address(), scratch.byteSize())
                        : RECV.wideResult(descriptor, scratch.address(), scratch.byteSize(), MSG_DONTWAIT | MSG_TRUNC);
            } while (count > 0 || (count == 0 && !isPipe));
        }
    }
}
