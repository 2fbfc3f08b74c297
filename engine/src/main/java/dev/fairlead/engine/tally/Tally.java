package dev.fairlead.engine.tally;

import java.util.concurrent.atomic.AtomicInteger;

/// The counts of one frontend, backend or server. Safe for use by several threads.
public final class Tally {
    private final String name;
    private final Counts counts = new Counts();
    private final AtomicInteger present = new AtomicInteger();
    private final Pace sessions;
    private final Pace requests;
    private final Mean queueTime = new Mean();
    private final Mean connectTime = new Mean();
    private final Mean answerTime = new Mean();
    private final Mean wholeTime = new Mean();
    private volatile int most;
    private volatile long lastMillis;
    private volatile int limit;
    private volatile int mostQueued;

    /// @param name that operators know it by
    public Tally(String name) {
        this.name = name;
        sessions = new Pace(() -> of(Count.SESSIONS));
        requests = new Pace(() -> of(Count.REQUESTS));
    }

    public String name() {
        return name;
    }

    public void add(Count what) {
        counts.add(what, 1);
    }

    public void add(Count what, long how) {
        counts.add(what, how);
    }

    public long of(Count what) {
        return counts.of(what);
    }

    /// A connection or request begins.
    public void enter() {
        add(Count.SESSIONS);
        peak(present.incrementAndGet());
    }

    public void leave() {
        present.decrementAndGet();
    }

    /// Takes note of so many at once.
    public void peak(int count) {
        if (count > most) {
            most = count;
        }
    }

    /// Connections or requests that have begun and not ended.
    public int present() {
        return present.get();
    }

    public int most() {
        return most;
    }

    /// Most that were seen waiting at once.
    ///
    /// @param queued how many wait now
    public int mostQueued(int queued) {
        if (queued > mostQueued) {
            mostQueued = queued;
        }
        return mostQueued;
    }

    /// Most at once as an operator said; 0 if none did.
    public int limit() {
        return limit;
    }

    public void limit(int value) {
        limit = value;
    }

    /// A request, or a connection that is passed on, has ended.
    ///
    /// @param wallMillis now
    public void last(long wallMillis) {
        // Many in the same millisecond need not be told to other threads one by one.
        if (wallMillis != lastMillis) {
            lastMillis = wallMillis;
        }
    }

    /// When the last one ended, in milliseconds since 1970; 0 if none has.
    public long lastMillis() {
        return lastMillis;
    }

    /// Times of one request, in milliseconds.
    public void took(long queue, long connect, long answer, long whole) {
        queueTime.add(queue);
        connectTime.add(connect);
        answerTime.add(answer);
        wholeTime.add(whole);
    }

    public Mean queueTime() {
        return queueTime;
    }

    public Mean connectTime() {
        return connectTime;
    }

    public Mean answerTime() {
        return answerTime;
    }

    public Mean wholeTime() {
        return wholeTime;
    }

    /// In the last second.
    public long rate() {
        return sessions.last();
    }

    public long mostRate() {
        return sessions.most();
    }

    public long requestRate() {
        return requests.last();
    }

    public long mostRequestRate() {
        return requests.most();
    }

    /// A second has passed. Called by one thread.
    void tick() {
        sessions.tick();
        requests.tick();
    }

    /// Forgets what was greatest.
    public void clearMost() {
        mostQueued = 0;
        most = present.get();
        sessions.clearMost();
        requests.clearMost();
        queueTime.clearLongest();
        connectTime.clearLongest();
        answerTime.clearLongest();
        wholeTime.clearLongest();
    }

    /// Forgets everything but what is there at present.
    public void clearAll() {
        counts.clear();
        sessions.clear();
        requests.clear();
        queueTime.clear();
        connectTime.clear();
        answerTime.clear();
        wholeTime.clear();
        most = present.get();
    }
}
