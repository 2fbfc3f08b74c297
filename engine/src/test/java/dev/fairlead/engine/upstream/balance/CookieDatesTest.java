package dev.fairlead.engine.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CookieDatesTest {
    /// The first of the four seconds that HAProxy 2.6 writes like this.
    private static final long SECOND = 1_795_260_729;

    private static final String WRITTEN = "awGBP";

    private final ManualClock clock = new ManualClock(SECOND * 1000);
    private final Recollection recollection = new Recollection();

    private CookieDates dates(long idle, long life) {
        return new CookieDates(idle, life, clock);
    }

    @Test
    void datesAreWrittenAsHaproxyWritesThem() {
        assertThat(dates(30, 0).written(recollection)).isEqualTo("|" + WRITTEN);
        assertThat(dates(30, 60).written(recollection)).isEqualTo("|" + WRITTEN + "|" + WRITTEN);
        assertThat(dates(0, 0).written(recollection)).isEmpty();
    }

    @Test
    void firstDateIsKept() {
        assertThat(dates(30, 60).server("A|" + WRITTEN + "|" + WRITTEN, recollection))
                .isEqualTo("A");
        clock.advance(Duration.ofSeconds(20));
        assertThat(dates(30, 60).written(recollection)).isEqualTo("|awGBU|" + WRITTEN);
    }

    @Test
    void cookieThatIsTooOldNamesNobody() {
        String value = "A|" + WRITTEN + "|" + WRITTEN;
        clock.advance(Duration.ofSeconds(33));
        assertThat(dates(30, 60).server(value, recollection)).isEqualTo("A");
        clock.advance(Duration.ofSeconds(1));
        assertThat(dates(30, 60).server(value, recollection)).isEmpty();
        assertThat(dates(0, 60).server(value, recollection)).isEqualTo("A");
        clock.advance(Duration.ofSeconds(30));
        assertThat(dates(0, 60).server(value, recollection)).isEmpty();
        assertThat(dates(0, 0).server(value, recollection)).isEqualTo("A");
    }

    @Test
    void cookieIsRenewedOnceItsDateHasPassed() {
        CookieDates dates = dates(30, 0);
        assertThat(dates.server("A|" + WRITTEN, recollection)).isEqualTo("A");
        assertThat(dates.needRenewal(recollection)).isFalse();
        clock.advance(Duration.ofSeconds(4));
        assertThat(dates.needRenewal(recollection)).isTrue();
    }

    @Test
    void whatIsNoDateIsNone() {
        assertThat(dates(30, 60).server("A|!!!!!|abc", recollection)).isEqualTo("A");
        assertThat(recollection.seenSecond()).isZero();
        assertThat(recollection.firstSecond()).isZero();
    }
}
