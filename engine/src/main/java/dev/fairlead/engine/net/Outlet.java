package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// Where one connection's bytes go out to another as they were read. The last buffer of a turn is kept back until
/// the flush, because most turns have but one, which then is sent past Netty's queue ([StraightSend]); where there
/// are more they wait in the queue and leave together. Whoever writes to the channel otherwise flushes first.
/// Belongs to one event loop.
public final class Outlet {
    private final ChannelHandlerContext context;
    private @Nullable ByteBuf last;

    /// @param context of the channel's last handler
    public Outlet(ChannelHandlerContext context) {
        this.context = context;
    }

    /// @param data owned by this
    public void write(ByteBuf data) {
        ByteBuf before = last;
        last = data;
        if (before != null) {
            context.write(before, context.voidPromise());
        }
    }

    public void flush() {
        ByteBuf kept = last;
        if (kept == null) {
            context.flush();
        } else {
            last = null;
            StraightSend.send(context, kept);
        }
    }

    /// Whether something was written that is not flushed.
    public boolean isDue() {
        return last != null;
    }

    /// Forgets what was not flushed.
    public void drop() {
        ByteBuf kept = last;
        if (kept != null) {
            last = null;
            kept.release();
        }
    }
}
