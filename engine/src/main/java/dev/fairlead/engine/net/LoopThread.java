package dev.fairlead.engine.net;

import dev.fairlead.time.Clock;
import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The thread of an event loop, which remembers what time it is, and has buffers of its own.
///
/// A proxied request asks for the time about ten times, to set its limits and to tell how long its parts took,
/// and all within microseconds. Reading the machine's clock for each was a fiftieth of the processor time of a
/// small request. So the loop reads it once and forgets it when it has waited, and after every few events; what
/// is told is late by as long as a few events take. (nginx reads it once for all events of a wait.)
final class LoopThread extends FastThreadLocalThread {
    private static final int EVENTS = 16;

    private final int number;
    private long nanos;
    private boolean isKnown;
    private int events;
    private final SpareBuffers buffers = new SpareBuffers();
    private final Arrivals arrivals = Arrivals.ofLoop();
    private final Deliveries deliveries = new Deliveries();
    /// Both ends of each open connection inside the program.
    private final Set<HandoverChannel> ends = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable SafeEpoll epoll;
    private boolean isEnding;
    /// By the handles that have had no event since.
    private final IdentityHashMap<Object, StraightRead> newReads = new IdentityHashMap<>();

    /// @param number which of its group's loops this is, from 0 on
    LoopThread(Runnable work, String name, int number) {
        super(work, name);
        this.number = number;
    }

    /// The given clock, read seldom on threads of event loops.
    static Clock clock(Clock exact) {
        return new Clock() {
            @Override
            public long wallMillis() {
                return exact.wallMillis();
            }

            @Override
            public long monotonicNanos() {
                return Thread.currentThread() instanceof LoopThread loop ? loop.nanos(exact) : exact.monotonicNanos();
            }
        };
    }

    /// One more event is about to be handled.
    static void event() {
        if (Thread.currentThread() instanceof LoopThread loop) {
            loop.arrivals.one();
            if (++loop.events >= EVENTS) {
                loop.forget();
            }
        }
    }

    /// The loop is about to wait, or to handle what does not come from sockets.
    static void pause() {
        if (Thread.currentThread() instanceof LoopThread loop) {
            loop.arrivals.one();
            loop.forget();
        }
    }

    int number() {
        return number;
    }

    /// The loop's own; only for the loop's thread.
    SpareBuffers buffers() {
        return buffers;
    }

    /// The same.
    Arrivals arrivals() {
        return arrivals;
    }

    /// The same.
    Deliveries deliveries() {
        return deliveries;
    }

    /// The same.
    Set<HandoverChannel> ends() {
        return ends;
    }

    /// The loop that is the caller's thread waits there.
    static void waitsIn(SafeEpoll epoll) {
        if (Thread.currentThread() instanceof LoopThread loop) {
            loop.epoll = epoll;
        }
    }

    /// Closes all connections of the loop that is the caller's thread, those inside the program too, which epoll
    /// knows nothing of. None can be opened any more.
    static void closeAll() {
        if (Thread.currentThread() instanceof LoopThread loop) {
            loop.isEnding = true;
            if (loop.epoll != null) {
                loop.epoll.close();
            }
            List.copyOf(loop.ends).forEach(HandoverChannel::end);
        }
    }

    boolean isEnding() {
        return isEnding;
    }

    /// From its next event on the channel is read so.
    void readStraight(Channel.Unsafe handle, StraightRead reading) {
        newReads.put(handle, reading);
    }

    /// Who reads of a handle's channel since its last event; null if nobody has begun to.
    static @Nullable StraightRead newRead(IoHandle handle) {
        return Thread.currentThread() instanceof LoopThread loop && !loop.newReads.isEmpty()
                ? loop.newReads.remove(handle)
                : null;
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            buffers.release();
        }
    }

    private void forget() {
        events = 0;
        isKnown = false;
    }

    private long nanos(Clock exact) {
        if (!isKnown) {
            nanos = exact.monotonicNanos();
            isKnown = true;
        }
        return nanos;
    }
}
