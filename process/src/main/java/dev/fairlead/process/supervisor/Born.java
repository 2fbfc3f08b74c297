package dev.fairlead.process.supervisor;

import dev.fairlead.process.baton.Baton;
import dev.fairlead.time.Clock;
import java.time.Instant;

/// When the supervisor was started; programs that go on in its place keep to that.
///
/// @param nanos the same by the clock that is never set
record Born(Instant wall, long nanos) {
    static Born now(Clock clock) {
        return new Born(Instant.ofEpochMilli(clock.wallMillis()), clock.monotonicNanos());
    }

    void save(Baton part) {
        part.put("born", wall.toEpochMilli()).put("born-nanos", nanos);
    }

    static Born of(Baton part, Clock clock) {
        return part.text("born").isEmpty()
                ? now(clock)
                : new Born(Instant.ofEpochMilli(part.number("born", 0)), part.number("born-nanos", 0));
    }
}
