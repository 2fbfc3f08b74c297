package dev.fairlead.engine.generation;

import dev.fairlead.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How an engine runs, whatever its plan.
public final class EngineOptions {
    private final Clock clock;
    private final GivenSockets given;
    private final Optional<Integer> loops;

    private EngineOptions(Clock clock, GivenSockets given, Optional<Integer> loops) {
        this.clock = clock;
        this.given = given;
        this.loops = loops;
    }

    public static EngineOptions of(Clock clock) {
        return new EngineOptions(clock, GivenSockets.NONE, Optional.empty());
    }

    /// With sockets that listen already and are this program's from now on.
    ///
    /// @param sockets descriptors by the address as a plan writes it (`0.0.0.0:80`, `[::]:80`,
    ///     `unix:/run/app.sock`). Those no plan asks for are closed
    public EngineOptions inherited(Map<String, Integer> sockets) {
        return new EngineOptions(clock, new GivenSockets(sockets, Set.of()), loops);
    }

    /// As [#inherited], for sockets that belong to whoever started this program: their files stay.
    public EngineOptions lent(Map<String, Integer> sockets) {
        return inherited(sockets, sockets.keySet());
    }

    /// As [#inherited], where some belong to whoever started the program first.
    ///
    /// @param lent the addresses of those
    public EngineOptions inherited(Map<String, Integer> sockets, Set<String> lent) {
        return new EngineOptions(clock, new GivenSockets(sockets, lent), loops);
    }

    /// With so many event loops, instead of what the plan says, or one for each processor.
    public EngineOptions loops(int count) {
        return new EngineOptions(clock, given, Optional.of(count));
    }

    Clock clock() {
        return clock;
    }

    GivenSockets given() {
        return given;
    }

    Optional<Integer> loops() {
        return loops;
    }
}
