package dev.fairlead.engine.app;

import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;

/// Every event loop's share. A part of [dev.fairlead.engine.compile.Shared].
public final class ApplicationShares {
    private final FastThreadLocal<ApplicationShare> shares = new FastThreadLocal<>();

    /// To be called on the loop.
    ApplicationShare of(EventLoop loop, Clock clock) {
        ApplicationShare known = shares.getIfExists();
        if (known == null) {
            known = new ApplicationShare(loop, clock);
            shares.set(known);
        }
        return known;
    }
}
