package dev.fairlead.engine.filter;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/// Compressors that wait for their next use on an event loop. Each holds about 256 KiB outside the heap, so
/// only a few are kept.
final class Deflaters {
    private static final int MOST_KEPT = 8;

    private static final FastThreadLocal<Deflaters> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Deflaters initialValue() {
            return new Deflaters();
        }

        @Override
        protected void onRemoval(Deflaters ending) {
            ending.idle.forEach(level -> level.forEach(Deflater::end));
        }
    };

    /// By level: a compressor that is told another one after its first use no longer takes all of its input at
    /// once.
    private final List<Deque<Deflater>> idle = IntStream.range(0, 10)
            .<Deque<Deflater>>mapToObj(level -> new ArrayDeque<>())
            .toList();

    private Deflaters() {}

    static Deflaters here() {
        return OF_LOOP.get();
    }

    /// For raw deflate; what stands around it is written by the caller.
    Deflater take(int level) {
        Deflater deflater = idle.get(level).poll();
        return deflater == null ? new Deflater(level, true) : deflater;
    }

    /// @param level that it was taken for
    void give(int level, Deflater deflater) {
        if (idle.get(level).size() < MOST_KEPT) {
            deflater.reset();
            idle.get(level).push(deflater);
        } else {
            deflater.end();
        }
    }
}
