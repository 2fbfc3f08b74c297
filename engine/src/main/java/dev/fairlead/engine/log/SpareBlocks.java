package dev.fairlead.engine.log;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Blocks that one thread has done with and another may use again; a few, what is beyond them is left to the
/// collector. Gives in the order in which it was given.
final class SpareBlocks<T> {
    private static final int MOST = 8;

    private final AtomicReferenceArray<@Nullable T> blocks = new AtomicReferenceArray<>(MOST);
    private int given;
    private int taken;

    /// By the one thread that gives.
    void give(T block) {
        if (blocks.getAcquire(given) == null) {
            blocks.setRelease(given, block);
            given = (given + 1) % MOST;
        }
    }

    /// By the one thread that takes; null if there is none.
    @Nullable
    T take() {
        T block = blocks.getAcquire(taken);
        if (block != null) {
            blocks.setRelease(taken, null);
            taken = (taken + 1) % MOST;
        }
        return block;
    }
}
