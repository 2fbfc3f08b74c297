package dev.fairlead.engine.app;

import dev.fairlead.os.Readiness;
import dev.fairlead.worker.AnswerBatch;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayList;
import java.util.List;

/// A pause of one event loop while all workers of an application have enough to do (docs/adr/0005).
///
/// Where the loop and a worker share a processor, each request that arrives wakes the loop, which takes the
/// processor from the worker: two switches for a few microseconds of work. While workers have work for longer,
/// nobody gains by that. So behind a turn that took in requests for them the loop sleeps until one of them has
/// sent answers, [AnswerBatch#LONGEST] at most; then it finds several answers and requests at once. What else the
/// loop serves waits that long too, and only while an application is saturated. Where the program may use more
/// processors than one it never sleeps: there it would only come late.
final class Rest {
    private static final long LONGEST_NANOS = AnswerBatch.LONGEST.toNanos();
    private static final long LEAST_BACKLOG_NANOS = 200_000;

    private final EventLoop loop;
    private final Runnable rest = this::rest;
    private final List<ApplicationPool> pools = new ArrayList<>();
    private final Readiness answers = new Readiness();
    private int index;

    Rest(EventLoop loop) {
        this.loop = loop;
    }

    /// A request for the pool was taken in.
    ///
    /// @param number which of a worker's connections belongs to the loop
    void after(ApplicationPool pool, int number) {
        if (!AnswerBatch.SHARES_PROCESSOR || number < 0 || !(loop instanceof SingleThreadEventLoop single)) {
            return;
        }
        if (pools.isEmpty()) {
            index = number;
            single.executeAfterEventLoopIteration(rest);
        }
        if (!pools.contains(pool)) {
            pools.add(pool);
        }
    }

    /// How long to sleep at most when workers have that much to do; 0 for not at all.
    static long nanos(long backlogNanos) {
        return backlogNanos < LEAST_BACKLOG_NANOS ? 0 : Math.min(backlogNanos, LONGEST_NANOS);
    }

    private void rest() {
        long backlog = Long.MAX_VALUE;
        for (ApplicationPool pool : pools) {
            backlog = Math.min(backlog, pool.backlogNanos());
            pool.listen(index, answers);
        }
        pools.clear();
        long nanos = nanos(backlog);
        if (nanos > 0 && !answers.isEmpty()) {
            answers.await(nanos);
        }
        answers.clear();
    }
}
