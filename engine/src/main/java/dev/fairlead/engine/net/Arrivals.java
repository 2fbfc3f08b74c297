package dev.fairlead.engine.net;

/// How often an event loop has waited, or heard of anything from outside: an event of a socket, or a read from one.
///
/// What the loop found out since the last time is as new as anything that it could have been told: whoever asks
/// now asked before it looked. So it need not look again. Only for the loop's thread.
public final class Arrivals {
    private final boolean isNoted;
    private long count;

    private Arrivals(boolean isNoted) {
        this.isNoted = isNoted;
    }

    static Arrivals ofLoop() {
        return new Arrivals(true);
    }

    /// Those of the thread that this runs on. Of one that is no event loop nothing is known: its number is always
    /// another.
    public static Arrivals here() {
        return Thread.currentThread() instanceof LoopThread loop ? loop.arrivals() : new Arrivals(false);
    }

    /// Another number than before whenever there was something, never less than 1.
    public long count() {
        return isNoted ? count + 1 : ++count;
    }

    /// The loop that this runs on has read something.
    public static void note() {
        if (Thread.currentThread() instanceof LoopThread loop) {
            loop.arrivals().one();
        }
    }

    void one() {
        count++;
    }
}
