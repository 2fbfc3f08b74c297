package dev.fairlead.engine.upstream.server;

/// What is known of the agent beside a server. Shared by all event loops and kept over reloads.
public final class Agency {
    private volatile boolean isDown;
    private volatile boolean isUnasked;
    private volatile String words = "";
    private volatile long tookNanos;

    /// Whether it called the server down last.
    public boolean isDown() {
        return isDown;
    }

    void down(boolean value) {
        isDown = value;
    }

    /// Whether an operator has it left alone.
    public boolean isUnasked() {
        return isUnasked;
    }

    void unasked(boolean value) {
        isUnasked = value;
    }

    /// Its last line; empty if it never said any.
    String words() {
        return words;
    }

    long tookNanos() {
        return tookNanos;
    }

    public void said(String line, long nanos) {
        words = line;
        tookNanos = nanos;
    }
}
