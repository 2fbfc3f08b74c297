package dev.fairlead.engine.net;

import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A time limit that is set and lifted for every request at no cost: the loop's timer is asked once and, when
/// it fires too early, asked again for what is left. Belongs to one event loop. Whoever made it closes it in
/// the end: a timer that was asked for keeps its owner in memory.
public final class Deadline implements Runnable {
    private static final long OFF = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Clock clock;
    private final Runnable onExpiry;
    private long due = OFF;
    private long scheduledFor = OFF;
    private long onceSetFor = OFF;
    private @Nullable Future<?> timer;

    public Deadline(EventLoop loop, Clock clock, Runnable onExpiry) {
        this.loop = loop;
        this.clock = clock;
        this.onExpiry = onExpiry;
    }

    /// Starts anew: expiry is so many nanoseconds from now; zero or less lifts the limit.
    public void set(long nanos) {
        if (nanos <= 0) {
            lift();
        } else {
            set(nanos, clock.monotonicNanos());
        }
    }

    /// As [#set(long)], for those who know the time.
    ///
    /// @param nanos from now, at least one
    public void set(long nanos, long now) {
        due = now + nanos;
        if (scheduledFor == OFF || scheduledFor - due > 0) {
            cancelTimer();
            schedule(nanos, now);
        }
    }

    /// As [#set(long, long)], but nothing if it was asked for the same start before.
    ///
    /// @param start that the time counts from
    public void setOnce(long nanos, long start) {
        if (start != onceSetFor) {
            onceSetFor = start;
            set(nanos, start);
        }
    }

    public void lift() {
        due = OFF;
    }

    public boolean isSet() {
        return due != OFF;
    }

    /// Lifts the limit and takes the timer back.
    public void close() {
        lift();
        cancelTimer();
    }

    private void cancelTimer() {
        Future<?> asked = timer;
        if (asked != null) {
            asked.cancel(false);
            timer = null;
        }
        scheduledFor = OFF;
    }

    private void schedule(long nanos, long now) {
        scheduledFor = now + nanos;
        timer = loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        scheduledFor = OFF;
        timer = null;
        if (due == OFF) {
            return;
        }
        long now = clock.monotonicNanos();
        long left = due - now;
        if (left > 0) {
            schedule(left, now);
        } else {
            due = OFF;
            onExpiry.run();
        }
    }
}
