package dev.fairlead.engine.access;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.RequestLimits;

/// How often: leaky buckets.
public final class RateLimits {
    private final boolean isNone;

    private RateLimits(boolean isNone) {
        this.isNone = isNone;
    }

    public static RateLimits compile(RequestLimits limits, CompileContext context) {
        return new RateLimits(limits.rates().isEmpty());
    }

    public boolean isNone() {
        return isNone;
    }

    public Verdict judge(Exchange exchange) {
        return new Verdict(false, 0, 0);
    }

    /// @param isJudged whether any limit applied to the request
    /// @param status 0 if the request may go on, else that of the error
    /// @param delayMillis how long it waits before it does
    public record Verdict(boolean isJudged, int status, long delayMillis) {}
}
