package dev.fairlead.engine.filter;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;

/// Compressors that wait for their next use on an event loop. Each holds about 256 KiB outside the heap, so
/// only a few
/// are kept.
final class Deflaters {
    private static final int MOST_KEPT = 8;

    private static final FastThreadLocal<Deflaters> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Deflaters initialValue() {
            return new Deflaters();
        }

        @Override
        protected void onRemoval(Deflaters ending) {
            ending.idle.forEach(Deflater::end);
        }
    };

    private final Deque<Deflater> idle = new ArrayDeque<>();

    private Deflaters() {}

    static Deflaters here() {
        return OF_LOOP.get();
    }

    /// For raw deflate; header and checksum of gzip are written by the caller.
    Deflater take(int level) {
        Deflater deflater = idle.poll();
        if (deflater == null) {
            return new Deflater(level, true);
        }
        deflater.setLevel(level);
        return deflater;
    }

    void give(Deflater deflater) {
        if (idle.size() < MOST_KEPT) {
            deflater.reset();
            idle.push(deflater);
        } else {
            deflater.end();
        }
    }
}
