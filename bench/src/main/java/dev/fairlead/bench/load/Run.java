package dev.fairlead.bench.load;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One measurement. At a fixed rate each request has a time at which it is due, whatever became of those before
/// it; one that finds no connection free waits for the next, and this waiting counts: what a slow server holds
/// up is not left out of its latency. Without a rate each connection sends its next request when the last one
/// is answered.
///
/// All state belongs to the event loop.
final class Run implements Connection.Owner {
    private static final long REST = TimeUnit.MILLISECONDS.toNanos(100);

    private final Options options;
    private final EventLoop loop;
    private final Results results;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> free = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable tick = this::tick;
    private final double interval;
    private long begun;
    private long measured;
    private long end;
    private long count;
    private boolean isMeasuring;

    private Run(Options options, Dialer dialer) {
        this.options = options;
        this.loop = dialer.group().next();
        this.results = new Results(options);
        this.interval = options.rate() > 0 ? 1e9 / options.rate() : 0;
        Requests requests = Requests.of(options);
        for (int i = 0; i < options.connections(); i++) {
            connections.add(new Connection(options, dialer, requests, this));
        }
    }

    /// Measures; returns when all is over.
    static Results measure(Options options) throws InterruptedException {
        try (Dialer dialer = new Dialer(options)) {
            Run run = new Run(options, dialer);
            run.loop.execute(run::begin);
            run.over.await();
            return run.results;
        }
    }

    private void begin() {
        begun = System.nanoTime();
        measured = begun + (long) (options.warmup() * 1e9);
        end = measured + (long) (options.seconds() * 1e9);
        loop.schedule(this::beginMeasuring, measured - begun, TimeUnit.NANOSECONDS);
        loop.schedule(this::endMeasuring, end - begun, TimeUnit.NANOSECONDS);
        if (interval > 0) {
            free.addAll(connections);
            tick();
        } else {
            connections.forEach(connection -> connection.send(begun));
        }
    }

    private void beginMeasuring() {
        isMeasuring = true;
        results.begin(interval > 0 ? measured : System.nanoTime());
    }

    private void endMeasuring() {
        isMeasuring = false;
        results.end(interval > 0 ? end : System.nanoTime());
        awaitLast();
    }

    /// Answers on their way may still arrive for a while.
    private void awaitLast() {
        long now = System.nanoTime();
        boolean isQuiet =
                interval == 0 || (nextDue() >= end && connections.stream().noneMatch(Connection::isBusy));
        if (!isQuiet && now < end + (long) (options.grace() * 1e9)) {
            loop.schedule(this::awaitLast, REST, TimeUnit.NANOSECONDS);
            return;
        }
        if (interval > 0) {
            countUnanswered(now);
        }
        connections.forEach(Connection::close);
        over.countDown();
    }

    private void countUnanswered(long now) {
        for (Connection connection : connections) {
            if (connection.isBusy() && connection.due() >= measured) {
                results.unanswered(now - connection.due());
            }
        }
        while (nextDue() < end) {
            if (nextDue() >= measured) {
                results.unanswered(now - nextDue());
            }
            count++;
        }
    }

    private long nextDue() {
        return begun + (long) (count * interval);
    }

    /// Sends what is due and comes back when the next one is.
    private void tick() {
        long now = System.nanoTime();
        while (!free.isEmpty() && nextDue() <= now && nextDue() < end) {
            late(now - nextDue());
            dispatch(free.poll());
        }
        if (nextDue() >= end) {
            return;
        }
        if (!free.isEmpty()) {
            loop.schedule(tick, nextDue() - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /// Only what had a connection at once says how late this program itself is.
    private void late(long nanos) {
        if (nextDue() >= measured) {
            results.late(nanos);
        }
    }

    private void dispatch(Connection connection) {
        long due = nextDue();
        count++;
        if (due >= measured) {
            results.sent();
        }
        connection.send(due);
    }

    @Override
    public void answered(Connection at, long due, String wrong) {
        long now = System.nanoTime();
        if (counts(due)) {
            if (wrong.isEmpty()) {
                results.answered(now, now - due);
            } else {
                results.failed(wrong);
            }
        }
        proceed(at, now);
    }

    @Override
    public void failed(Connection at, long due, String why) {
        if (counts(due)) {
            results.failed(why);
        }
        // Not at once: a server that refuses is asked again by the next turn of the loop.
        loop.execute(() -> proceed(at, System.nanoTime()));
    }

    /// At a fixed rate what was due while measuring; else what ends while measuring.
    private boolean counts(long due) {
        return interval > 0 ? due >= measured && due < end : isMeasuring;
    }

    private void proceed(Connection at, long now) {
        if (interval == 0) {
            if (now < end) {
                if (isMeasuring) {
                    results.sent();
                }
                at.send(now);
            }
        } else if (nextDue() <= now && nextDue() < end) {
            dispatch(at);
        } else {
            boolean rests = free.isEmpty();
            free.add(at);
            if (rests) {
                tick();
            }
        }
    }

    @Override
    public void lost(Connection at) {
        // The next request opens another.
    }

    @Override
    public void shookHands(boolean isResumed) {
        if (isMeasuring) {
            results.shookHands(isResumed);
        }
    }
}
