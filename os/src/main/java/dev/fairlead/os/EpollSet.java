package dev.fairlead.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An epoll descriptor with an eventfd in it, by which other threads end a wait. Level-triggered, reading only.
final class EpollSet {
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 1;
    private static final int MOST_EVENTS = 64;
    // The structure is packed on x86-64 only.
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int EVENT_SIZE = PACKED ? 12 : 16;
    private static final int DATA_OFFSET = PACKED ? 4 : 8;

    private static final Libc.Function EPOLL_CREATE1 = new Libc.Function("epoll_create1");
    private static final Libc.Function EPOLL_CTL = new Libc.Function("epoll_ctl");
    private static final Libc.Function EPOLL_WAIT = new Libc.Function("epoll_wait");
    private static final Libc.Function EVENTFD = new Libc.Function("eventfd");
    private static final Libc.Function EVENTFD_READ = new Libc.Function("eventfd_read");
    private static final Libc.Function EVENTFD_WRITE = new Libc.Function("eventfd_write");

    private final int epoll;
    private final int waker;
    private boolean closed;

    private EpollSet(int epoll, int waker) {
        this.epoll = epoll;
        this.waker = waker;
    }

    static EpollSet open() throws OsException {
        int epoll = EPOLL_CREATE1.call(Descriptors.O_CLOEXEC);
        EpollSet set = new EpollSet(epoll, EVENTFD.call(0, Descriptors.O_CLOEXEC | Descriptors.O_NONBLOCK));
        set.add(set.waker);
        return set;
    }

    void add(int descriptor) throws OsException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(EVENT_SIZE, 8);
            event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
            event.set(ValueLayout.JAVA_INT, DATA_OFFSET, descriptor);
            EPOLL_CTL.call(epoll, EPOLL_CTL_ADD, descriptor, event.address());
        }
    }

    void remove(int descriptor) {
        EPOLL_CTL.result(epoll, EPOLL_CTL_DEL, descriptor, 0);
    }

    MemorySegment eventBuffer(Arena arena) {
        return arena.allocate(MemoryLayout.sequenceLayout((long) EVENT_SIZE * MOST_EVENTS, ValueLayout.JAVA_BYTE));
    }

    int await(MemorySegment events, int millis) throws OsException {
        int count = EPOLL_WAIT.result(epoll, events.address(), MOST_EVENTS, millis);
        if (count >= 0) {
            return count;
        }
        int errno = Libc.lastErrno();
        if (errno == Errno.EINTR) {
            return 0;
        }
        throw new OsException("epoll_wait", errno);
    }

    /// The descriptor of the n-th event; the waker's own is read here and stands for nothing.
    int descriptor(MemorySegment events, int index) {
        int descriptor = events.get(ValueLayout.JAVA_INT_UNALIGNED, (long) index * EVENT_SIZE + DATA_OFFSET);
        if (descriptor == waker) {
            try (Arena arena = Arena.ofConfined()) {
                EVENTFD_READ.result(waker, arena.allocate(8, 8).address());
            }
        }
        return descriptor;
    }

    synchronized void wake() {
        if (!closed) {
            EVENTFD_WRITE.result(waker, 1);
        }
    }

    synchronized void close() {
        closed = true;
        Descriptors.close(waker);
        Descriptors.close(epoll);
    }
}
