package dev.fairlead.engine.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/// Connections and requests since the program started. Each event loop counts on its own without locks; readers
/// add up. One for each process: `shared.part(Traffic.class, Traffic::new)`. Carriers count, status pages and
/// variables read; the sums of different counters may be a moment apart.
public final class Traffic {
    private final List<OfLoop> loops = new CopyOnWriteArrayList<>();

    /// For event loops: a share that only the caller's thread writes to.
    public OfLoop register() {
        OfLoop share = new OfLoop();
        loops.add(share);
        return share;
    }

    private long sum(ToLongFunction<OfLoop> counter) {
        long total = 0;
        for (OfLoop loop : loops) {
            total += counter.applyAsLong(loop);
        }
        return total;
    }

    /// Connections accepted.
    public long accepted() {
        return sum(loop -> loop.get(OfLoop.ACCEPTED));
    }

    /// Connections taken on; fewer than accepted when a limit was reached.
    public long handled() {
        return sum(loop -> loop.get(OfLoop.HANDLED));
    }

    public long requests() {
        return sum(loop -> loop.get(OfLoop.REQUESTS));
    }

    /// Client connections that are open.
    public long active() {
        return sum(loop -> loop.get(OfLoop.ACTIVE));
    }

    /// Connections whose request head is being read.
    public long reading() {
        return sum(loop -> loop.get(OfLoop.READING));
    }

    /// Connections whose request is being answered.
    public long writing() {
        return sum(loop -> loop.get(OfLoop.WRITING));
    }

    /// Open connections without a request at present.
    public long waiting() {
        return Math.max(0, active() - reading() - writing());
    }

    /// The share of one event loop.
    public static final class OfLoop {
        static final int ACCEPTED = 0;
        static final int HANDLED = 1;
        static final int REQUESTS = 2;
        static final int ACTIVE = 3;
        static final int READING = 4;
        static final int WRITING = 5;
        private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

        private final long[] cells = new long[8];

        private OfLoop() {}

        private long get(int cell) {
            return (long) CELLS.getOpaque(cells, cell);
        }

        private void add(int cell, int change) {
            CELLS.setOpaque(cells, cell, cells[cell] + change);
        }

        public void accepted() {
            add(ACCEPTED, 1);
        }

        public void opened() {
            add(HANDLED, 1);
            add(ACTIVE, 1);
        }

        public void closed() {
            add(ACTIVE, -1);
        }

        /// Open connections of this loop.
        public long active() {
            return get(ACTIVE);
        }

        public void request() {
            add(REQUESTS, 1);
        }

        /// @param change 1 when a connection starts reading a head, -1 when it stops
        public void reading(int change) {
            add(READING, change);
        }

        /// @param change 1 when a connection starts answering, -1 when it stops
        public void writing(int change) {
            add(WRITING, change);
        }
    }
}
