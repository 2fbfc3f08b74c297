package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The socket on which supervised programs report their state (the `sd_notify` protocol: lines of
/// `NAME=value`). Each message comes with the sender's process id and user, which the kernel vouches for.
/// Descriptors that come along are the receiver's to close; that of a `BARRIER=1`, which waits for it, is
/// closed at once.
public final class NotifySocket implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PASSCRED = 16;
    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int LONGEST_MESSAGE = 4096;
    private static final int CONTROL_SIZE = 1024;
    private static final int CONTROL_HEADER = 16;

    private static final Libc.Function SOCKET = new Libc.Function("socket");
    private static final Libc.Function BIND = new Libc.Function("bind");
    private static final Libc.Function RECVMSG = new Libc.Function("recvmsg");
    private static final Libc.Function SENDTO = new Libc.Function("sendto");

    private final int descriptor;
    private final String name;

    private NotifySocket(int descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    /// One report.
    ///
    /// @param descriptors that came with it; they belong to whoever receives it
    public record Message(int pid, int uid, String text, List<Integer> descriptors) {
        public Message {
            descriptors = List.copyOf(descriptors);
        }
    }

    /// @param name a path, or `@name` for one without a file, which services of every user can reach
    public static NotifySocket bind(String name) throws OsException {
        int descriptor = open();
        try (Arena arena = Arena.ofConfined()) {
            ListeningSockets.set(arena, descriptor, SOL_SOCKET, SO_PASSCRED, 1);
            MemorySegment address = SocketAddresses.unix(arena, name);
            BIND.call(descriptor, address.address(), address.byteSize());
            return new NotifySocket(descriptor, name);
        } catch (OsException refused) {
            Descriptors.close(descriptor);
            throw refused.about(name);
        }
    }

    /// A socket that an earlier program of this process has bound.
    ///
    /// @param name as it was bound
    public static NotifySocket adopt(int descriptor, String name) throws OsException {
        Descriptors.closesOnExec(descriptor, true);
        return new NotifySocket(descriptor, name);
    }

    /// Reports to whoever supervises this process.
    ///
    /// @param name the value of `NOTIFY_SOCKET`
    /// @param text such as `READY=1`
    public static void send(String name, String text) throws OsException {
        int descriptor = open();
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            MemorySegment address = SocketAddresses.unix(arena, name);
            long sent = SENDTO.wideResult(
                    descriptor, message.address(), bytes.length, MSG_NOSIGNAL, address.address(), address.byteSize());
            if (sent < 0) {
                throw new OsException("sendto", Libc.lastErrno()).about(name);
            }
        } finally {
            Descriptors.close(descriptor);
        }
    }

    public int descriptor() {
        return descriptor;
    }

    /// What services get as `NOTIFY_SOCKET`.
    public String name() {
        return name;
    }

    /// The next report; empty when there is none now.
    public Optional<Message> receive() throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(LONGEST_MESSAGE);
            MemorySegment control = arena.allocate(CONTROL_SIZE, 8);
            MemorySegment header = header(arena, text, control);
            long count = RECVMSG.wideResult(descriptor, header.address(), MSG_CMSG_CLOEXEC);
            if (count < 0) {
                int errno = Libc.lastErrno();
                if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
                    return Optional.empty();
                }
                throw new OsException("recvmsg", errno);
            }
            byte[] bytes = text.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
            long controlLength = header.get(ValueLayout.JAVA_LONG, 40);
            return Optional.of(message(new String(bytes, StandardCharsets.UTF_8), control.asSlice(0, controlLength)));
        }
    }

    private static Message message(String text, MemorySegment control) {
        int pid = 0;
        int uid = -1;
        List<Integer> descriptors = new ArrayList<>();
        long at = 0;
        while (at + CONTROL_HEADER <= control.byteSize()) {
            long length = control.get(ValueLayout.JAVA_LONG, at);
            if (length < CONTROL_HEADER || at + length > control.byteSize()) {
                break;
            }
            int kind = control.get(ValueLayout.JAVA_INT, at + 12);
            if (kind == SCM_CREDENTIALS) {
                pid = control.get(ValueLayout.JAVA_INT, at + CONTROL_HEADER);
                uid = control.get(ValueLayout.JAVA_INT, at + CONTROL_HEADER + 4);
            } else if (kind == SCM_RIGHTS) {
                for (long fd = at + CONTROL_HEADER; fd + 4 <= at + length; fd += 4) {
                    descriptors.add(control.get(ValueLayout.JAVA_INT, fd));
                }
            }
            at += (length + 7) & ~7L;
        }
        if (text.lines().anyMatch("BARRIER=1"::equals)) {
            descriptors.forEach(Descriptors::close);
            descriptors.clear();
        }
        return new Message(pid, uid, text, descriptors);
    }

    /// A `struct msghdr` with one buffer.
    private static MemorySegment header(Arena arena, MemorySegment text, MemorySegment control) {
        MemorySegment buffer = arena.allocate(16, 8);
        buffer.set(ValueLayout.JAVA_LONG, 0, text.address());
        buffer.set(ValueLayout.JAVA_LONG, 8, text.byteSize());
        MemorySegment header = arena.allocate(56, 8);
        header.set(ValueLayout.JAVA_LONG, 16, buffer.address());
        header.set(ValueLayout.JAVA_LONG, 24, 1);
        header.set(ValueLayout.JAVA_LONG, 32, control.address());
        header.set(ValueLayout.JAVA_LONG, 40, control.byteSize());
        return header;
    }

    private static int open() throws OsException {
        return SOCKET.call(SocketAddresses.AF_UNIX, SOCK_DGRAM | Descriptors.O_CLOEXEC | Descriptors.O_NONBLOCK, 0);
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
