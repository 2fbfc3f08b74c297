package dev.fairlead.engine.app;

import dev.fairlead.worker.WorkerEnd;
import dev.fairlead.worker.WorkerGate.Served;
import dev.fairlead.worker.WorkerId;
import dev.fairlead.worker.WorkerWatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A worker as all event loops see it: its connections, one for each loop, and how busy it is.
///
/// How many requests it may have: as many as it runs at once, and ahead of that only as many as it will have
/// answered within [#AHEAD_NANOS], going by the average of late. A request sent ahead cannot be called back, so
/// nothing may be queued behind something long; and a worker of a quick application never sleeps between
/// requests.
final class WorkerProcess {
    private static final long AHEAD_NANOS = 4_000_000;
    private static final long UNKNOWN_NANOS = 1_000_000_000;
    private static final int SMOOTHING = 8;
    private static final int FEW = 4;
    /// As many places taken, if nothing may be given to it any more; far below what freeing could bring to 0.
    private static final int CLOSED = Integer.MIN_VALUE / 2;

    private final WorkerId id;
    private final String token;
    private final long requestLimit;
    private final WorkerWatch watch;
    private final AtomicReferenceArray<@Nullable WorkerConnection> connections;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicLong given = new AtomicLong();
    private final AtomicBoolean isOverdueTold = new AtomicBoolean();
    private final AtomicBoolean isLossTold = new AtomicBoolean();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final CompletableFuture<Served> retired = new CompletableFuture<>();
    private volatile boolean isRetiring;
    private volatile @Nullable WorkerEnd end;
    private volatile int capacity = 1;
    private volatile int prefetch;
    private volatile int pid;
    private volatile int room = 1;

    /// Written by whichever loop saw an answer last; an average of nanoseconds, a race only blurs it.
    private volatile long averageNanos = UNKNOWN_NANOS;

    private volatile long lastAnswerNanos;

    WorkerProcess(WorkerId id, String token, long requestLimit, WorkerWatch watch, int loops) {
        this.id = id;
        this.token = token;
        this.requestLimit = requestLimit;
        this.watch = watch;
        this.connections = new AtomicReferenceArray<>(loops);
    }

    WorkerId id() {
        return id;
    }

    String token() {
        return token;
    }

    WorkerWatch watch() {
        return watch;
    }

    int pid() {
        return pid;
    }

    /// As messages name it.
    String name() {
        return "worker " + pid + " (" + id + ")";
    }

    boolean isSerial() {
        return capacity == 1;
    }

    /// One more of its connections stands.
    ///
    /// @return false if there was one for that loop already
    boolean connect(int loop, WorkerConnection connection, int process, int atOnce, int ahead) {
        if (!connections.compareAndSet(loop, null, connection)) {
            return false;
        }
        pid = process;
        capacity = atOnce;
        prefetch = ahead;
        room = atOnce;
        if (connected.incrementAndGet() == connections.length()) {
            watch.connected(id);
        }
        return true;
    }

    @Nullable
    WorkerConnection connection(int loop) {
        return connections.get(loop);
    }

    /// Places taken; negative if none may be taken any more.
    int busy() {
        return busy.get();
    }

    /// Requests it may have at present.
    int room() {
        return room;
    }

    /// Takes one of its places; false if another took the last.
    boolean reserve() {
        int present = busy.get();
        while (present >= 0 && present < room) {
            if (busy.compareAndSet(present, present + 1)) {
                count();
                return true;
            }
            present = busy.get();
        }
        return false;
    }

    /// Takes a place whether it has room or not; false if none may be taken any more.
    boolean reserveAnyway() {
        int present = busy.get();
        while (present >= 0) {
            if (busy.compareAndSet(present, present + 1)) {
                count();
                return true;
            }
            present = busy.get();
        }
        return false;
    }

    private void count() {
        if (given.incrementAndGet() == requestLimit && requestLimit > 0) {
            watch.worn(id);
        }
    }

    void free() {
        if (busy.decrementAndGet() == 0 && isRetiring) {
            closeIfIdle();
        }
    }

    /// A request was answered.
    void answered() {
        answered.increment();
    }

    /// Answers came together, as they do from a worker that has more to do: they took as long as they took in all.
    ///
    /// @param sentNanos when the request of the first of them was sent to the worker
    /// @param now when they were read
    void answeredTogether(int answers, long sentNanos, long now) {
        long begun = Math.max(sentNanos, lastAnswerNanos);
        lastAnswerNanos = now;
        if (prefetch == 0) {
            return;
        }
        long before = averageNanos;
        long took = Math.max((now - begun) / answers, 1);
        // Long ones count at once: what would wait behind the next such one is not sent.
        long average = took > before && before != UNKNOWN_NANOS
                ? (before + took) / 2
                : before == UNKNOWN_NANOS ? took : before + (took - before) / SMOOTHING;
        averageNanos = average;
        room = capacity + (int) Math.min(prefetch, AHEAD_NANOS / Math.max(average, 1));
    }

    /// How long it has work for, going by the average of late; 0 if it could run out of it soon, or begins
    /// requests while others last.
    long backlogNanos() {
        int present = busy.get();
        return present < FEW || !isSerial() || prefetch == 0 ? 0 : present * averageNanos;
    }

    long lastAnswerNanos() {
        return lastAnswerNanos;
    }

    void failed() {
        failed.increment();
    }

    /// Whether this is the first to say so.
    boolean tellOverdue() {
        return isOverdueTold.compareAndSet(false, true);
    }

    void disconnected() {
        if (isLossTold.compareAndSet(false, true) && end == null) {
            watch.disconnected(id);
        }
    }

    CompletableFuture<Served> retire() {
        isRetiring = true;
        closeIfIdle();
        return retired;
    }

    /// From here on another event loop cannot give it a request: it may be told to end.
    private void closeIfIdle() {
        if (busy.compareAndSet(0, CLOSED)) {
            finishRetiring();
        }
    }

    private void finishRetiring() {
        retired.complete(served());
    }

    Served served() {
        return new Served(answered.sum(), failed.sum());
    }

    void end(WorkerEnd how) {
        end = how;
        finishRetiring();
    }

    /// How it ended; null while it has not.
    @Nullable
    WorkerEnd end() {
        return end;
    }
}
