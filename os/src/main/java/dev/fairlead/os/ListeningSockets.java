package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes sockets that listen. They do not block and are closed on exec; whoever asked for one owns its
/// descriptor. Failures name the address and the reason, so that "address already in use" says which.
public final class ListeningSockets {
    private static final int LONGEST_ADDRESS = 128;
    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_KEEPALIVE = 9;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SO_REUSEPORT = 15;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_DEFER_ACCEPT = 9;
    private static final int TCP_FASTOPEN = 23;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private static final Libc.Function SOCKET = new Libc.Function("socket");
    private static final Libc.Function SETSOCKOPT = new Libc.Function("setsockopt");
    private static final Libc.Function BIND = new Libc.Function("bind");
    private static final Libc.Function LISTEN = new Libc.Function("listen");
    private static final Libc.Function GETSOCKNAME = new Libc.Function("getsockname");
    private static final Libc.Function FCHMOD = new Libc.Function("fchmod");
    private static final Libc.Function CHMOD = new Libc.Function("chmod");
    private static final Libc.Function CHOWN = new Libc.Function("chown");
    /// Leaves the owner, or the group, as it is.
    private static final int SAME = -1;
    private static final int NO_SUCH = 2;

    private ListeningSockets() {}

    /// Listens on a TCP address.
    ///
    /// @param address port 0 lets the kernel choose; see [#localAddress]
    /// @return the descriptor
    public static int inet(InetSocketAddress address, ListenOptions options) throws OsException {
        boolean six = address.getAddress().getAddress().length == 16;
        int descriptor = open(six ? SocketAddresses.AF_INET6 : SocketAddresses.AF_INET);
        try (Arena arena = Arena.ofConfined()) {
            applyInet(arena, descriptor, options, six);
            MemorySegment raw = SocketAddresses.of(arena, address);
            BIND.call(descriptor, raw.address(), raw.byteSize());
            LISTEN.call(descriptor, options.backlog());
            return descriptor;
        } catch (OsException refused) {
            Descriptors.close(descriptor);
            throw refused.about(address.getAddress().getHostAddress() + ":" + address.getPort());
        }
    }

    /// Listens on a unix socket. The path must not exist: whether an old socket there may go is the caller's
    /// decision.
    ///
    /// @return the descriptor; the file stays when it is closed
    public static int unix(Path path, ListenOptions options) throws OsException {
        int descriptor = open(SocketAddresses.AF_UNIX);
        try (Arena arena = Arena.ofConfined()) {
            if (options.fileMode().isPresent()) {
                // Before bind, so that there is no moment at which others may connect; the umask may take more away.
                FCHMOD.call(descriptor, options.fileMode().getAsInt());
            }
            MemorySegment raw = SocketAddresses.unix(arena, path);
            BIND.call(descriptor, raw.address(), raw.byteSize());
            LISTEN.call(descriptor, options.backlog());
            return descriptor;
        } catch (OsException refused) {
            Descriptors.close(descriptor);
            throw refused.about("unix:" + path);
        }
    }

    /// Gives a unix socket's file away and sets its permissions, whatever the umask says.
    ///
    /// @param user by name or number
    /// @param group by name or number
    public static void give(Path path, Optional<String> user, Optional<String> group, OptionalInt mode)
            throws OsException {
        int uid = user.isEmpty() ? SAME : uid(user.get());
        int gid = group.isEmpty() ? SAME : gid(group.get());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            if (uid != SAME || gid != SAME) {
                CHOWN.call(name.address(), uid, gid);
            }
            if (mode.isPresent()) {
                CHMOD.call(name.address(), mode.getAsInt());
            }
        } catch (OsException refused) {
            throw refused.about("unix:" + path);
        }
    }

    private static int uid(String name) throws OsException {
        Optional<Accounts.User> user = Accounts.user(name);
        if (user.isEmpty()) {
            throw new OsException("getpwnam(\"" + name + "\")", NO_SUCH);
        }
        return user.get().uid();
    }

    private static int gid(String name) throws OsException {
        Optional<Accounts.Group> group = Accounts.group(name);
        if (group.isEmpty()) {
            throw new OsException("getgrnam(\"" + name + "\")", NO_SUCH);
        }
        return group.get().gid();
    }

    /// Where a TCP listener really listens, with the port the kernel chose.
    public static InetSocketAddress localAddress(int descriptor) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(28, 4);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, 28);
            GETSOCKNAME.call(descriptor, raw.address(), length.address());
            return SocketAddresses.inet(raw);
        }
    }

    /// Where a socket listens, as plans write it: `0.0.0.0:80`, `[::]:80`, `unix:/run/app.sock`, `unix:@app`.
    public static String localName(int descriptor) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(LONGEST_ADDRESS, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, LONGEST_ADDRESS);
            GETSOCKNAME.call(descriptor, raw.address(), length.address());
            return SocketAddresses.text(raw, length.get(ValueLayout.JAVA_INT, 0));
        }
    }

    private static int open(int family) throws OsException {
        return SOCKET.call(family, SOCK_STREAM | Descriptors.O_NONBLOCK | Descriptors.O_CLOEXEC, 0);
    }

    private static void applyInet(Arena arena, int descriptor, ListenOptions options, boolean six) throws OsException {
        if (options.addressIsReusable()) {
            set(arena, descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
        }
        if (options.portIsShared()) {
            set(arena, descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
        }
        if (six && options.ipv6Only().isPresent()) {
            set(arena, descriptor, IPPROTO_IPV6, IPV6_V6ONLY, options.ipv6Only().get() ? 1 : 0);
        }
        if (options.keepAlive().isPresent()) {
            set(arena, descriptor, SOL_SOCKET, SO_KEEPALIVE, options.keepAlive().get() ? 1 : 0);
        }
        if (options.device().isPresent()) {
            String name = options.device().get();
            SETSOCKOPT.call(descriptor, SOL_SOCKET, SO_BINDTODEVICE, Libc.text(arena, name), name.length() + 1L);
        }
        setIfPositive(arena, descriptor, SOL_SOCKET, SO_RCVBUF, options.receiveBuffer());
        setIfPositive(arena, descriptor, SOL_SOCKET, SO_SNDBUF, options.sendBuffer());
        setIfPositive(arena, descriptor, IPPROTO_TCP, TCP_FASTOPEN, options.fastOpen());
        setIfPositive(arena, descriptor, IPPROTO_TCP, TCP_DEFER_ACCEPT, options.deferAccept());
    }

    private static void setIfPositive(Arena arena, int descriptor, int level, int option, int value)
            throws OsException {
        if (value > 0) {
            set(arena, descriptor, level, option, value);
        }
    }

    static void set(Arena arena, int descriptor, int level, int option, int value) throws OsException {
        MemorySegment raw = arena.allocateFrom(ValueLayout.JAVA_INT, value);
        SETSOCKOPT.call(descriptor, level, option, raw.address(), 4);
    }
}
