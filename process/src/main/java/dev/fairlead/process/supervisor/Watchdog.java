package dev.fairlead.process.supervisor;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.baton.Baton;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Notices that a service has been silent for too long. Only on the master loop.
final class Watchdog {
    private final MasterLoop loop;
    private final Runnable missed;
    private Optional<Duration> most = Optional.empty();
    private Optional<MasterLoop.Timer> timer = Optional.empty();
    private boolean isArmed;

    Watchdog(MasterLoop loop, Runnable missed) {
        this.loop = loop;
        this.missed = missed;
    }

    /// How long it may be silent; empty: any time.
    void most(Optional<Duration> other) {
        most = other;
        if (isArmed) {
            reset();
        }
    }

    /// Begins to count, or ends it.
    void arm(boolean shall) {
        if (shall != isArmed) {
            isArmed = shall;
            reset();
        }
    }

    void save(Baton part) {
        most.ifPresent(span -> part.put("watchdog", span.toNanos()));
        timer.stream().flatMapToLong(armed -> armed.dueNanos().stream()).forEach(due -> part.put("watchdog-due", due));
    }

    /// Counts on from where an earlier program was.
    void resume(Baton part) {
        OptionalLong span = part.number("watchdog");
        OptionalLong due = part.number("watchdog-due");
        most = span.isPresent() ? Optional.of(Duration.ofNanos(span.getAsLong())) : Optional.empty();
        isArmed = due.isPresent();
        timer = due.isPresent() ? Optional.of(loop.scheduleAt(due.getAsLong(), missed)) : Optional.empty();
    }

    /// It has said that it lives.
    void reset() {
        timer.ifPresent(MasterLoop.Timer::cancel);
        timer = isArmed ? most.map(span -> loop.schedule(span, missed)) : Optional.empty();
    }
}
