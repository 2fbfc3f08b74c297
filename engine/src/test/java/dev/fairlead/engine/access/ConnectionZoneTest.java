package dev.fairlead.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionZoneTest {
    @Test
    void soManyAndNoMoreAreInProgressForAKey() {
        ConnectionZone zone = new ConnectionZone();
        assertThat(zone.take("a", 2)).isTrue();
        assertThat(zone.take("a", 2)).isTrue();
        assertThat(zone.take("a", 2)).isFalse();
        assertThat(zone.take("b", 2)).isTrue();
        zone.release("a");
        assertThat(zone.take("a", 2)).isTrue();
    }
}
