package dev.fairlead.engine.http;

import java.util.concurrent.atomic.LongAdder;

/// Counts of connections and requests since the process started, over all loops and generations. One for each
/// process: `shared.part(Traffic.class, Traffic::new)`. Carriers count, status pages and variables read.
public final class Traffic {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder reading = new LongAdder();
    private final LongAdder writing = new LongAdder();

    /// A connection was accepted. It waits for a request.
    public void connectionOpened() {
        accepted.increment();
    }

    public void connectionClosed() {
        closed.increment();
    }

    /// The first byte of a head is there, or a connection that had been waiting reads on.
    public void readingStarted() {
        reading.increment();
    }

    /// The head is complete, or will never be.
    public void readingEnded() {
        reading.decrement();
    }

    /// A request is being answered.
    public void requestStarted() {
        requests.increment();
        writing.increment();
    }

    public void requestEnded() {
        writing.decrement();
    }

    public long accepted() {
        return accepted.sum();
    }

    public long requests() {
        return requests.sum();
    }

    /// Open connections of clients.
    public long active() {
        return Math.max(0, accepted.sum() - closed.sum());
    }

    /// Connections on which a head is being read.
    public long reading() {
        return Math.max(0, reading.sum());
    }

    /// Connections on which a request is being answered.
    public long writing() {
        return Math.max(0, writing.sum());
    }

    /// Connections that wait for the next request.
    public long waiting() {
        return Math.max(0, active() - reading() - writing());
    }
}
