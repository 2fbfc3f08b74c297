package dev.fairlead.engine.net;

import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/// A time limit that is set and lifted for every request at no cost: the loop's timer is asked once and, when
/// it fires
/// too early, asked again for what is left. Belongs to one event loop.
public final class Deadline implements Runnable {
    private static final long OFF = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Clock clock;
    private final Runnable onExpiry;
    private long due = OFF;
    private long scheduledFor = OFF;

    public Deadline(EventLoop loop, Clock clock, Runnable onExpiry) {
        this.loop = loop;
        this.clock = clock;
        this.onExpiry = onExpiry;
    }

    /// Starts anew: expiry is so many nanoseconds from now; zero or less lifts the limit.
    public void set(long nanos) {
        if (nanos <= 0) {
            lift();
            return;
        }
        due = clock.monotonicNanos() + nanos;
        if (scheduledFor == OFF || scheduledFor - due > 0) {
            schedule(nanos);
        }
    }

    public void lift() {
        due = OFF;
    }

    private void schedule(long nanos) {
        scheduledFor = clock.monotonicNanos() + nanos;
        loop.schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        long now = clock.monotonicNanos();
        if (scheduledFor - now > 0) {
            return;
        }
        scheduledFor = OFF;
        if (due == OFF) {
            return;
        }
        long left = due - now;
        if (left > 0) {
            schedule(left);
        } else {
            due = OFF;
            onExpiry.run();
        }
    }
}
