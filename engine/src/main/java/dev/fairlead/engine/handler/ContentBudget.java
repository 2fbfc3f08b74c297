package dev.fairlead.engine.handler;

import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that all event loops together may hold file contents in: 64 MiB, or a quarter of what the process
/// may allocate outside its heap if that is less. A loop that finds nothing left drops its own least recently
/// used contents; those of other loops it cannot touch, so it may have to read files anew for each request.
final class ContentBudget {
    /// Larger files are not held in memory, in bytes.
    static final int LARGEST_FILE = 64 << 10;

    private final AtomicLong left;

    ContentBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    static ContentBudget ofProcess() {
        return new ContentBudget(Math.min(64L << 20, PlatformDependent.maxDirectMemory() / 4));
    }

    /// Whether so many bytes were left; if so they are taken.
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void give(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
