package dev.fairlead.engine.http;

/// What is counted while an exchange goes on. Filled by carriers.
public final class Counters {
    private long startedNanos;
    private long startedWallMillis;
    private long requestBytes;
    private long headBytesSent;
    private long bodyBytesSent;
    private boolean isComplete;
    private boolean isPipelined;

    void clear() {
        startedNanos = 0;
        startedWallMillis = 0;
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
