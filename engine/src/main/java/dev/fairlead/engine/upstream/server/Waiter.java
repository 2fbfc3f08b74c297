package dev.fairlead.engine.upstream.server;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One request's wait for a place at a server. Made anew for each wait, although requests make no garbage else: a
/// place may be given to it on another thread while it stops waiting, and must not reach the wait after it.
public final class Waiter {
    private final EventLoop loop;
    private final BiConsumer<Waiter, @Nullable ServerState> owner;
    private final @Nullable ServerState only;
    private final AtomicBoolean isSettled = new AtomicBoolean();

    /// @param only the server it waits for; null for any
    /// @param owner told, on the loop, whose place it is; without one when it has to choose again
    public Waiter(EventLoop loop, @Nullable ServerState only, BiConsumer<Waiter, @Nullable ServerState> owner) {
        this.loop = loop;
        this.only = only;
        this.owner = owner;
    }

    @Nullable
    public ServerState only() {
        return only;
    }

    /// Gives it a place, or tells it to choose again. From any thread.
    ///
    /// @return false if it does not wait any longer
    boolean give(@Nullable ServerState place) {
        if (!isSettled.compareAndSet(false, true)) {
            return false;
        }
        loop.execute(() -> owner.accept(this, place));
        return true;
    }

    /// @return false if a place is on its way already
    boolean giveUp() {
        return isSettled.compareAndSet(false, true);
    }
}
