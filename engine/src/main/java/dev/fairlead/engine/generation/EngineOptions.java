package dev.fairlead.engine.generation;

import dev.fairlead.time.Clock;
import java.util.Map;
import java.util.Optional;

/// How an engine runs, whatever its plan.
///
/// @param clock the time
/// @param inherited sockets that listen already, by the address as a plan writes it (`0.0.0.0:80`, `[::]:80`,
///     `unix:/run/app.sock`), as descriptors. Those no plan asks for are closed
/// @param loops event loops; empty for what the plan says, or one for each processor
public record EngineOptions(Clock clock, Map<String, Integer> inherited, Optional<Integer> loops) {
    public EngineOptions {
        inherited = Map.copyOf(inherited);
    }

    public static EngineOptions of(Clock clock) {
        return new EngineOptions(clock, Map.of(), Optional.empty());
    }

    public EngineOptions inherited(Map<String, Integer> sockets) {
        return new EngineOptions(clock, sockets, loops);
    }

    public EngineOptions loops(int count) {
        return new EngineOptions(clock, inherited, Optional.of(count));
    }
}
