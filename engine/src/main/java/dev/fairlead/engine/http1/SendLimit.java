package dev.fairlead.engine.http1;

import dev.fairlead.engine.net.Deadline;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;

/// Notices a client that takes nothing of a response for too long. Costs nothing while writes go through at once.
final class SendLimit {
    private final ChannelHandlerContext context;
    private final Deadline deadline;
    private final Runnable onStuck;
    private long nanos;
    private long lastPending;
    private long lastProgress;

    SendLimit(ChannelHandlerContext context, LoopState loop, Runnable onStuck) {
        this.context = context;
        this.onStuck = onStuck;
        this.deadline = new Deadline(loop.loop(), loop.clock(), this::expired);
    }

    /// Something was flushed: from now on the client has to take some of it within that time.
    void watch(long sendTimeoutNanos) {
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        if (out == null || out.isEmpty()) {
            deadline.lift();
        } else if (!deadline.isSet()) {
            nanos = sendTimeoutNanos;
            remember(out);
            deadline.set(nanos);
        }
    }

    void close() {
        deadline.close();
    }

    private void remember(ChannelOutboundBuffer out) {
        lastPending = (out.totalPendingWriteBytes() << 16) | (out.size() & 0xffff);
        lastProgress = out.currentProgress();
    }

    private void expired() {
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        if (out == null || out.isEmpty()) {
            return;
        }
        long pending = (out.totalPendingWriteBytes() << 16) | (out.size() & 0xffff);
        if (pending != lastPending || out.currentProgress() != lastProgress) {
            remember(out);
            deadline.set(nanos);
        } else {
            onStuck.run();
        }
    }
}
