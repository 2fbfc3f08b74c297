package dev.fairlead.os;

import dev.fairlead.time.Clock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that owns everything about processes: one epoll set, timers, and tasks other threads hand in.
/// What it calls must not block. [#execute] and [#close] may be called from any thread; everything else only on
/// the loop. A callback that throws is logged and the loop goes on.
public final class MasterLoop implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterLoop.class);
    private static final int LONGEST_WAIT_MILLIS = 3_600_000;

    private final Clock clock;
    private final EpollSet epoll;
    private final Thread thread;
    private final Map<Integer, Watch> watched = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private long timersMade;
    private long waits;
    private volatile boolean closing;

    private MasterLoop(String name, Clock clock, EpollSet epoll) {
        this.clock = clock;
        this.epoll = epoll;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /// Starts the thread, which lives until [#close]: children that shall die with their parent are tied to the
    /// thread that spawned them.
    public static MasterLoop start(String name, Clock clock) throws OsException {
        MasterLoop loop = new MasterLoop(name, clock, EpollSet.open());
        loop.thread.start();
        return loop;
    }

    /// Runs the task on the loop, after those handed in before.
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        epoll.wake();
    }

    public boolean isInLoop() {
        return thread.equals(Thread.currentThread());
    }

    /// Calls back as long as the descriptor has something to read (or has been closed by the other side).
    public void watch(int descriptor, Runnable whenReadable) throws OsException {
        requireLoop();
        epoll.add(descriptor);
        watched.put(descriptor, new Watch(whenReadable, waits));
    }

    /// No more calls for it, even those already due. Call before closing the descriptor.
    public void unwatch(int descriptor) {
        requireLoop();
        if (watched.remove(descriptor) != null) {
            epoll.remove(descriptor);
        }
    }

    /// Calls back once, not before the delay has passed.
    public Timer schedule(Duration delay, Runnable task) {
        requireLoop();
        Timer timer = new Timer(clock.monotonicNanos() + saturatedNanos(delay), timersMade++, task);
        timers.add(timer);
        return timer;
    }

    /// As [#schedule], at a moment of the loop's clock.
    public Timer scheduleAt(long nanos, Runnable task) {
        return schedule(Duration.ofNanos(Math.max(0, nanos - clock.monotonicNanos())), task);
    }

    /// Ends the loop once what it is doing now is done, and waits for that; tasks still waiting are dropped.
    @Override
    public void close() {
        closing = true;
        epoll.wake();
        if (!isInLoop()) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment events = epoll.eventBuffer(arena);
            while (!closing) {
                waits++;
                int count = epoll.await(events, millisToNextTimer());
                for (int i = 0; i < count; i++) {
                    readable(epoll.descriptor(events, i));
                }
                runDueTimers();
                runTasks();
            }
        } catch (OsException broken) {
            LOG.error("the master loop has ended", broken);
        } finally {
            epoll.close();
            ended.countDown();
        }
    }

    private void readable(int descriptor) {
        Watch watch = watched.get(descriptor);
        // An event of this wait is not for who got a closed descriptor's number during it.
        if (watch != null && watch.since != waits) {
            guarded(watch.whenReadable);
        }
    }

    private void runTasks() {
        // Only those that are there now: a task that hands in the next one must not starve timers.
        Queue<Runnable> now = new ArrayDeque<>();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            now.add(task);
        }
        now.forEach(MasterLoop::guarded);
    }

    private void runDueTimers() {
        long now = clock.monotonicNanos();
        while (!timers.isEmpty() && timers.peek().due - now <= 0) {
            Timer timer = timers.poll();
            if (!timer.isOver) {
                timer.isOver = true;
                guarded(timer.task);
            }
        }
    }

    private int millisToNextTimer() {
        while (!timers.isEmpty() && timers.peek().isOver) {
            timers.poll();
        }
        if (!tasks.isEmpty()) {
            return 0;
        }
        if (timers.isEmpty()) {
            return LONGEST_WAIT_MILLIS;
        }
        long nanos = timers.peek().due - clock.monotonicNanos();
        return Math.clamp((nanos + 999_999) / 1_000_000, 0, LONGEST_WAIT_MILLIS);
    }

    private static void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException failed) {
            LOG.error("a callback of the master loop failed", failed);
        }
    }

    private void requireLoop() {
        if (!isInLoop()) {
            throw new IllegalStateException("only on the master loop");
        }
    }

    private static long saturatedNanos(Duration delay) {
        return delay.compareTo(Duration.ofDays(36_500)) > 0
                ? Duration.ofDays(36_500).toNanos()
                : delay.toNanos();
    }

    /// One call that is due later.
    public static final class Timer implements Comparable<Timer> {
        private final long due;
        private final long number;
        private final Runnable task;
        private boolean isOver;

        private Timer(long due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        /// The call is not made any more. Only on the loop.
        public void cancel() {
            isOver = true;
        }

        /// When it is due, by the loop's clock; empty once it was made or cancelled. Only on the loop.
        public OptionalLong dueNanos() {
            return isOver ? OptionalLong.empty() : OptionalLong.of(due);
        }

        @Override
        public int compareTo(Timer other) {
            long difference = due - other.due;
            return difference != 0 ? Long.signum(difference) : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    /// @param since the wait during or after which it began
    private record Watch(Runnable whenReadable, long since) {}
}
