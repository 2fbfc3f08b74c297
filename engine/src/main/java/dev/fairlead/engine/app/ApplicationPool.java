package dev.fairlead.engine.app;

import dev.fairlead.engine.app.environ.RequestEncoder;
import dev.fairlead.os.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The workers of one application that get requests, and the requests that wait for one. Used by all event
/// loops at once: which worker has room is counted in atomics, and the line of those who wait is touched only
/// while every worker is busy.
final class ApplicationPool {
    private static final WorkerProcess[] NONE = {};

    private final ConcurrentLinkedDeque<Ticket> line = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final SessionPins pins = new SessionPins();
    private volatile WorkerProcess[] workers = NONE;
    private volatile @Nullable RequestEncoder encoder;
    private volatile boolean isOpen = true;
    private int turn;

    /// How the application's requests are written, by its latest plan; null before there is one.
    @Nullable
    RequestEncoder encoder() {
        return encoder;
    }

    void encoder(RequestEncoder latest) {
        encoder = latest;
    }

    SessionPins pins() {
        return pins;
    }

    int waiting() {
        return waiting.get();
    }

    int running() {
        return running.get();
    }

    long refused() {
        return refused.sum();
    }

    void countRefused() {
        refused.increment();
    }

    boolean isOpen() {
        return isOpen;
    }

    /// While it is closed nobody waits.
    void open(boolean open) {
        isOpen = open;
    }

    synchronized void add(WorkerProcess worker) {
        List<WorkerProcess> all = new ArrayList<>(List.of(workers));
        all.add(worker);
        workers = all.toArray(NONE);
    }

    synchronized void remove(WorkerProcess worker) {
        List<WorkerProcess> all = new ArrayList<>(List.of(workers));
        all.remove(worker);
        workers = all.toArray(NONE);
    }

    /// Reserves a place at a worker: an idle one, else the one with the fewest requests that may have another;
    /// null if none has room. Those who wait go first.
    @Nullable
    WorkerProcess acquire() {
        return waiting.get() > 0 ? null : reserve();
    }

    private @Nullable WorkerProcess reserve() {
        WorkerProcess[] all = workers;
        int count = all.length;
        while (count > 0) {
            // Races between loops only make turns less even.
            int start = turn++ & Integer.MAX_VALUE;
            WorkerProcess best = null;
            int fewest = Integer.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                WorkerProcess worker = all[(start + i) % count];
                int busy = worker.busy();
                if (busy >= 0 && busy < fewest && busy < worker.room()) {
                    best = worker;
                    fewest = busy;
                    if (busy == 0) {
                        break;
                    }
                }
            }
            if (best == null) {
                return null;
            }
            if (best.reserve()) {
                running.incrementAndGet();
                return best;
            }
        }
        return null;
    }

    /// How long every worker has work for; 0 if one could run out of it soon.
    long backlogNanos() {
        long least = Long.MAX_VALUE;
        for (WorkerProcess worker : workers) {
            if (worker.busy() >= 0) {
                least = Math.min(least, worker.backlogNanos());
            }
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /// Has somebody wait for what workers send to a loop.
    void listen(int loop, Readiness answers) {
        for (WorkerProcess worker : workers) {
            WorkerConnection connection = worker.connection(loop);
            if (connection != null) {
                connection.listen(answers);
            }
        }
    }

    /// Reserves a place at a worker whether it has room or not: for what only it can answer. False if it is
    /// about to
    /// end.
    boolean acquire(WorkerProcess worker) {
        boolean isReserved = worker.reserveAnyway();
        if (isReserved) {
            running.incrementAndGet();
        }
        return isReserved;
    }

    /// A place is free again.
    void release(WorkerProcess worker) {
        worker.free();
        running.decrementAndGet();
        if (waiting.get() > 0) {
            pump();
        }
    }

    /// Waits for a worker; [#pump] is to follow.
    ///
    /// @param isFirst whether it had its turn before
    /// @param longest how many may wait
    /// @return null if too many wait already, or there is nothing to wait for
    @Nullable
    Ticket enqueue(Dispatch dispatch, int longest, boolean isFirst) {
        if (waiting.incrementAndGet() > (isOpen ? longest : 0) && !isFirst) {
            waiting.decrementAndGet();
            return null;
        }
        Ticket ticket = new Ticket(this, dispatch);
        if (isFirst) {
            line.addFirst(ticket);
        } else {
            line.add(ticket);
        }
        return ticket;
    }

    void leave(Ticket ticket) {
        if (ticket.leave()) {
            waiting.decrementAndGet();
            line.remove(ticket);
        }
    }

    /// Gives free places to those who wait, in their order.
    void pump() {
        while (waiting.get() > 0) {
            WorkerProcess worker = reserve();
            if (worker == null) {
                return;
            }
            Ticket first = line.poll();
            while (first != null && !first.call()) {
                first = line.poll();
            }
            if (first == null) {
                worker.free();
                running.decrementAndGet();
                return;
            }
            waiting.decrementAndGet();
            first.grant(worker);
        }
    }

    /// One request's place in the line. Made only when every worker is busy.
    static final class Ticket {
        private final ApplicationPool pool;
        private final Dispatch dispatch;
        private final AtomicInteger state = new AtomicInteger();

        Ticket(ApplicationPool pool, Dispatch dispatch) {
            this.pool = pool;
            this.dispatch = dispatch;
        }

        ApplicationPool pool() {
            return pool;
        }

        /// A worker has a place reserved for it. Called on any loop.
        void grant(WorkerProcess worker) {
            if (dispatch.loop().inEventLoop()) {
                dispatch.turn(worker, this);
            } else {
                dispatch.loop().execute(() -> dispatch.turn(worker, this));
            }
        }

        /// Its turn has come; false if it had left.
        boolean call() {
            return state.compareAndSet(0, 1);
        }

        /// False if its turn had come already.
        boolean leave() {
            return state.compareAndSet(0, 2);
        }
    }
}
