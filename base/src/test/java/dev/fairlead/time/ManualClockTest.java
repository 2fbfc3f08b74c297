package dev.fairlead.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    @Test
    void bothReadingsMoveByTheSameStep() {
        ManualClock clock = new ManualClock(1_000);
        clock.advance(Duration.ofMillis(250));
        assertThat(clock.wallMillis()).isEqualTo(1_250);
        assertThat(clock.monotonicNanos()).isEqualTo(250_000_000L);
    }
}
