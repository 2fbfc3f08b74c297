package dev.fairlead.engine.log;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// The lines one loop has for one output. Without buffering they are handed over when the loop has done its
/// present work, so that a busy loop hands over many lines at once.
final class LineCollector implements Runnable {
    private final EventLoop loop;
    private final LogWriter writer;
    private final LogOutput output;
    private final Buffering buffering;
    private final SpareBlocks<Block> spares = new SpareBlocks<>();
    private Block block = new Block();
    private boolean isDue;

    LineCollector(EventLoop loop, LogWriter writer, LogOutput output, Buffering buffering) {
        this.loop = loop;
        this.writer = writer;
        this.output = output;
        this.buffering = buffering;
    }

    /// To be filled with a whole line, then [#lineAdded()].
    LineBuffer lines() {
        return block.lines;
    }

    void lineAdded() {
        if (buffering.bytes() == 0) {
            handOverAfterThisTurn();
        } else if (block.lines.length() >= buffering.bytes()) {
            handOver();
        } else if (buffering.flushMillis() > 0 && !isDue) {
            isDue = true;
            var _ = loop.schedule(this, buffering.flushMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void handOverAfterThisTurn() {
        if (isDue) {
            return;
        }
        try {
            isDue = true;
            loop.execute(this);
        } catch (RejectedExecutionException loopHasEnded) {
            run();
        }
    }

    @Override
    public void run() {
        isDue = false;
        handOver();
    }

    private void handOver() {
        Block full = block;
        int length = full.lines.length();
        if (length == 0) {
            return;
        }
        if (!writer.admits(length)) {
            full.lines.clear();
            return;
        }
        Block next = spares.take();
        block = next == null ? new Block() : next;
        writer.run(full);
    }

    /// From any thread. Once the loop has ended nobody else touches the lines, so whoever asks may hand them
    /// over.
    CompletableFuture<Void> flushSoon() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                handOver();
                done.complete(null);
            });
        } catch (RejectedExecutionException loopHasEnded) {
            handOver();
            done.complete(null);
        }
        return done;
    }

    /// Lines on their way to the writing thread, which gives the block back when they are written: no garbage for
    /// each request.
    private final class Block implements Runnable {
        private final LineBuffer lines = new LineBuffer();

        @Override
        public void run() {
            writer.put(output, lines.bytes(), lines.length());
            lines.clear();
            spares.give(this);
        }
    }
}
