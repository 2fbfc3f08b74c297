package dev.fairlead.engine.log;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one thread that writes logs. Others hand it whole lines and never wait for it.
final class LogWriter {
    /// What may wait to be written. Beyond it lines are dropped.
    static final long MOST_WAITING_BYTES = 32L << 20;

    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private volatile boolean isIdle;
    private volatile @Nullable Thread thread;

    /// Writes later, in the order of calls.
    ///
    /// @param bytes whole lines; not to be changed any more
    void write(LogOutput output, byte[] bytes) {
        if (admits(bytes.length)) {
            run(() -> put(output, bytes, bytes.length));
        }
    }

    /// Whether so many bytes may be handed over still; if so, they count until they are [#put].
    boolean admits(int length) {
        if (waitingBytes.get() > MOST_WAITING_BYTES) {
            dropped.incrementAndGet();
            return false;
        }
        waitingBytes.addAndGet(length);
        return true;
    }

    /// For tasks of the writing thread: writes what was admitted.
    void put(LogOutput output, byte[] bytes, int length) {
        output.write(bytes, length);
        waitingBytes.addAndGet(-length);
        noteDropped(output);
    }

    private void noteDropped(LogOutput output) {
        if (dropped.get() > 0) {
            String note = "(log: " + dropped.getAndSet(0) + " blocks of lines were lost, the disk was too slow)\n";
            byte[] bytes = note.getBytes(StandardCharsets.ISO_8859_1);
            output.write(bytes, bytes.length);
        }
    }

    /// Runs on the writing thread, behind everything handed over before.
    void run(Runnable task) {
        work.add(task);
        if (!isStarted.get() && isStarted.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("fairlead-log").start(this::serve);
        } else if (isIdle) {
            LockSupport.unpark(thread);
        }
    }

    private void serve() {
        // Not by who starts it: others may want to wake it before that one has got so far.
        thread = Thread.currentThread();
        while (true) {
            Runnable task = work.poll();
            if (task != null) {
                task.run();
                continue;
            }
            isIdle = true;
            if (work.isEmpty()) {
                LockSupport.park(this);
            }
            isIdle = false;
        }
    }
}
