package dev.fairlead.process.supervisor;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.baton.Baton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Waits for a moment at which no unit is in between two steps, and writes all of them down then. Only on the
/// master loop.
final class HandingOver {
    private static final Duration PAUSE = Duration.ofMillis(20);
    /// A step may have left something to be done in the next turn of the loop, and that in the one after it.
    private static final int TURNS = 3;

    private final MasterLoop loop;
    private final Units units;
    private final Consumer<Baton> then;
    private final CompletableFuture<Optional<String>> result;
    private final MasterLoop.Timer end;
    private int calmTurns;

    HandingOver(
            MasterLoop loop,
            Units units,
            Duration longest,
            Consumer<Baton> then,
            CompletableFuture<Optional<String>> result) {
        this.loop = loop;
        this.units = units;
        this.then = then;
        this.result = result;
        this.end = loop.schedule(longest, () -> {});
    }

    void look() {
        Optional<String> obstacle = units.unsettled();
        calmTurns = obstacle.isPresent() ? 0 : calmTurns + 1;
        if (calmTurns >= TURNS) {
            handOver();
        } else if (obstacle.isEmpty()) {
            loop.execute(this::look);
        } else if (end.dueNanos().isEmpty()) {
            result.complete(obstacle);
        } else {
            loop.schedule(PAUSE, this::look);
        }
    }

    private void handOver() {
        try {
            Baton baton = new Baton();
            units.save(baton);
            then.accept(baton);
            result.complete(Optional.empty());
        } catch (RuntimeException failed) {
            result.completeExceptionally(failed);
        }
    }
}
