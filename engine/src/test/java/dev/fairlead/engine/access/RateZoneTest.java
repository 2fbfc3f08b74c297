package dev.fairlead.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.route.Written;
import dev.fairlead.model.http.RequestLimits;
import org.junit.jupiter.api.Test;

class RateZoneTest {
    /// Two requests a second.
    private static RateZone zone(long bytes) {
        return new RateZone(new RequestLimits.Zone("z", Written.text("$arg_k"), bytes, 2000, Written.HERE));
    }

    @Test
    void theBucketLeaksAtItsRate() {
        RateZone zone = zone(1 << 20);
        assertThat(zone.ask("a", 1000, true, 0)).isZero();
        assertThat(zone.ask("a", 1000, true, 0)).isEqualTo(1000);
        assertThat(zone.ask("a", 1000, true, 0)).isNegative();
        assertThat(zone.ask("a", 1000, true, 250)).isNegative();
        assertThat(zone.ask("a", 1000, true, 500)).isEqualTo(1000);
        assertThat(zone.ask("a", 1000, true, 2000)).isZero();
    }

    @Test
    void whatIsTurnedAwayIsNotCounted() {
        RateZone zone = zone(1 << 20);
        zone.ask("a", 0, true, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(zone.ask("a", 0, true, 100)).isNegative();
        }
        assertThat(zone.ask("a", 0, true, 500)).isZero();
    }

    @Test
    void askingAloneDoesNotCount() {
        RateZone zone = zone(1 << 20);
        assertThat(zone.ask("a", 0, false, 0)).isZero();
        assertThat(zone.count("a", 0)).isZero();
        assertThat(zone.ask("a", 0, false, 0)).isNegative();
    }

    @Test
    void aFullZoneForgetsTheKeyUsedLongestAgo() {
        RateZone zone = zone(1);
        zone.ask("first", 0, true, 0);
        for (int i = 0; i < 16; i++) {
            zone.ask("k" + i, 0, true, 0);
        }
        assertThat(zone.ask("first", 0, true, 0)).isZero();
        assertThat(zone.ask("k15", 0, true, 0)).isNegative();
    }
}
