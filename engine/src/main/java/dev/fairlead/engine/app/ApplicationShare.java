package dev.fairlead.engine.app;

import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one event loop keeps for requests to workers. Outlives generations.
final class ApplicationShare {
    private static final int MOST_SPARE = 1024;
    private static final long LONGEST_UNEXPLAINED_MILLIS = 3000;

    private final EventLoop loop;
    private final Clock clock;
    private final AnswerHead heads = new AnswerHead();
    private final ArrayDeque<Dispatch> spare = new ArrayDeque<>();
    private final List<Dispatch> lost = new ArrayList<>();
    private final Rest rest;
    private int index = -1;

    ApplicationShare(EventLoop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
        this.rest = new Rest(loop);
    }

    /// A request was taken in for the pool.
    void taken(ApplicationPool pool) {
        rest.after(pool, index);
    }

    EventLoop loop() {
        return loop;
    }

    Clock clock() {
        return clock;
    }

    AnswerHead heads() {
        return heads;
    }

    /// Which of a worker's connections belongs to this loop; -1 before there are doors.
    int index() {
        return index;
    }

    void index(int value) {
        index = value;
    }

    /// Whether a worker is connected to this loop.
    boolean isReachable(WorkerProcess worker) {
        WorkerConnection found = index < 0 ? null : worker.connection(index);
        return found != null && !found.isLost();
    }

    Dispatch dispatch() {
        Dispatch ready = spare.poll();
        return ready == null ? new Dispatch(this) : ready;
    }

    void recycle(Dispatch used) {
        if (spare.size() < MOST_SPARE) {
            spare.push(used);
        } else {
            used.close();
        }
    }

    /// A request whose worker is gone waits for the reason, a second at most.
    void awaitReason(Dispatch dispatch, long stamp) {
        lost.add(dispatch);
        loop.schedule(() -> dispatch.unexplained(stamp), LONGEST_UNEXPLAINED_MILLIS, TimeUnit.MILLISECONDS);
    }

    void explained(Dispatch dispatch) {
        lost.remove(dispatch);
    }

    /// The reason has become known.
    void ended(WorkerProcess worker) {
        for (Dispatch dispatch : List.copyOf(lost)) {
            dispatch.endedIfAt(worker);
        }
    }
}
