package dev.fairlead.engine.net;

import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loops: threads that do all work on connections. Native epoll; the JDK's selector only where the
/// native library cannot be loaded.
public final class Loops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
    private static final long QUIET_MILLIS = 0;
    private static final long CLOSE_SECONDS = 10;
    private static final long SELDOM_HOURS = 24;

    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final boolean isNative;

    static {
        Buffers.choose();
    }

    private Loops(int count, boolean isNative) {
        IoHandlerFactory handlers = isNative ? SafeEpoll.newFactory() : NioIoHandler.newFactory();
        this.isNative = isNative;
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = work -> thread(work, number.getAndIncrement(), isNative);
        this.group = new MultiThreadIoEventLoopGroup(count, threads, handlers);
        for (EventExecutor executor : group) {
            loops.add((EventLoop) executor);
            // A loop of Netty's that has nothing scheduled wakes once a second to see whether it has.
            executor.scheduleAtFixedRate(() -> {}, SELDOM_HOURS, SELDOM_HOURS, TimeUnit.HOURS);
        }
    }

    /// What a [LoopThread] remembers it forgets by the native loop's waits.
    private static Thread thread(Runnable work, int number, boolean isNative) {
        String name = "loop-" + (number + 1);
        Thread thread = isNative ? new LoopThread(work, name, number) : new FastThreadLocalThread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /// @param count of threads, at least one
    public static Loops start(int count) {
        boolean isNative = Epoll.isAvailable();
        if (!isNative) {
            LOG.warn(
                    "native epoll is not available, connections are slower: {}",
                    String.valueOf(Epoll.unavailabilityCause()));
        }
        return new Loops(count, isNative);
    }

    public List<EventLoop> all() {
        return List.copyOf(loops);
    }

    /// Which of its group's loops the caller's thread is, from 0 on; -1 if it is none of them.
    public static int number() {
        return Thread.currentThread() instanceof LoopThread loop ? loop.number() : -1;
    }

    /// The given clock for all that these threads do; they read it once for several events.
    public static Clock clock(Clock exact) {
        return LoopThread.clock(exact);
    }

    public ByteBufAllocator allocator() {
        return LoopAllocator.INSTANCE;
    }

    /// Whether the kernel's epoll is used directly.
    public boolean isNative() {
        return isNative;
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    /// Ends the threads; connections still open are closed.
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        List<Future<?>> closed = new ArrayList<>();
        loops.forEach(loop -> closed.add(loop.submit(LoopThread::closeAll)));
        closed.forEach(Future::awaitUninterruptibly);
        group.shutdownGracefully(QUIET_MILLIS, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
