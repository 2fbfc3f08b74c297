package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.upstream.server.Member;
import java.time.Duration;

/// What the checks of one server come to. Belongs to one event loop.
interface Judge {
    /// Whether nothing is asked at present.
    boolean rests(Member member);

    /// A check is about to begin.
    void begins();

    /// A check ended.
    ///
    /// @param verdict never open
    /// @param tookNanos how long it took
    void judge(HealthWatch.Order order, Talk.Verdict verdict, long tookNanos);

    /// Between the starts of two checks, as things are now.
    Duration interval(HealthWatch.Order order);
}
