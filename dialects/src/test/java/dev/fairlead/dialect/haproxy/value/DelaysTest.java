package dev.fairlead.dialect.haproxy.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HAProxy 2.6 takes for a time, by trial.
class DelaysTest {
    private static Delays.Result read(String text) {
        return Delays.read(text, "timeout client", ChronoUnit.MILLIS);
    }

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "30,PT0.03S", "5m,PT5M", "10ms,PT0.01S", "7us,PT0.000007S", "2d,PT48H", "1h,PT1H"})
    void aNumberAndAUnitAreATime(String text, Duration delay) {
        assertThat(read(text)).isEqualTo(new Delays.Result.Read(delay));
    }

    @ParameterizedTest
    @CsvSource({"30sec,PT30S,30s,e", "5min,PT5M,5m,i", "10msec,PT0.01S,10ms,e", "3days,PT72H,3d,a", "1h30m,PT1H,1h,3"})
    void whatIsBehindTheUnitIsPassedOverWithAWarning(String text, Duration delay, String taken, char next) {
        assertThat(read(text)).isEqualTo(new Delays.Result.Cut(delay, taken, next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30S", "5x", "1.5s", "30ux", "s", ""})
    void whatHasNoUnitOfItsOwnIsRefused(String text) {
        assertThat(read(text)).isInstanceOf(Delays.Result.Refused.class);
    }
}
