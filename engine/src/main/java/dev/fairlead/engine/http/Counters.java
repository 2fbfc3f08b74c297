package dev.fairlead.engine.http;

/// What is counted while an exchange goes on. Filled by carriers.
public final class Counters {
    /// A moment that has not come.
    public static final long UNKNOWN = -1;

    private long startedNanos;
    private long startedWallMillis;
    private long headNanos;
    private long requestBytes;
    private long headBytesSent;
    private long bodyBytesSent;
    private boolean isComplete;
    private boolean isPipelined;

    void clear() {
        startedNanos = 0;
        startedWallMillis = 0;
        headNanos = UNKNOWN;
        requestBytes = 0;
        headBytesSent = 0;
        bodyBytesSent = 0;
        isComplete = false;
        isPipelined = false;
    }

    public void started(long monotonicNanos, long wallMillis, boolean pipelined) {
        startedNanos = monotonicNanos;
        startedWallMillis = wallMillis;
        isPipelined = pipelined;
    }

    /// When the first byte of the request was seen, on the monotonic clock.
    public long startedNanos() {
        return startedNanos;
    }

    public long startedWallMillis() {
        return startedWallMillis;
    }

    /// When a sound head was whole, from the start; [#UNKNOWN] where it is not, or nobody asks for it.
    public long headNanos() {
        return headNanos;
    }

    /// @param monotonicNanos now
    public void headRead(long monotonicNanos) {
        headNanos = monotonicNanos - startedNanos;
    }

    public boolean isPipelined() {
        return isPipelined;
    }

    /// Line, header and body of the request.
    public long requestBytes() {
        return requestBytes;
    }

    public void addRequestBytes(long bytes) {
        requestBytes += bytes;
    }

    public long headBytesSent() {
        return headBytesSent;
    }

    public void addHeadSent(long bytes) {
        headBytesSent += bytes;
    }

    /// Without chunk framing.
    public long bodyBytesSent() {
        return bodyBytesSent;
    }

    public void addBodySent(long bytes) {
        bodyBytesSent += bytes;
    }

    /// Whether the answer was sent in full.
    public boolean isComplete() {
        return isComplete;
    }

    public void completed() {
        isComplete = true;
    }
}
