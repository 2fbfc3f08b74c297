package dev.fairlead.engine.upstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks are written as `+` and `-`, what they come to as `U` and `D`.
class HealthTest {
    @ParameterizedTest(name = "rise {0}, fall {1}: {2}")
    @CsvSource({
        "2, 3, +---+-++, UUUDDDDU",
        "2, 3, +--+---, UUUUUUD",
        "1, 1, +-+-, UDUD",
        // One failure is enough at the start.
        "2, 3, -++, DDU"
    })
    void checksInARowDecide(int rise, int fall, String checks, String expected) {
        Health health = new Health(rise, fall, true, false);
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < checks.length(); i++) {
            char check = checks.charAt(i);
            boolean before = health.isUp();
            boolean changed = check == '+' ? health.passed() : health.failed();
            assertThat(changed).isEqualTo(before != health.isUp());
            states.append(health.isUp() ? 'U' : 'D');
        }
        assertThat(states).hasToString(expected);
    }

    @Test
    void aServerInDoubtGoesDownWithOneMoreFailure() {
        Health health = new Health(2, 3, true, true);
        health.doubt();
        assertThat(health.isUp()).isTrue();
        assertThat(health.isSure()).isFalse();
        assertThat(health.left()).isEqualTo(1);
        assertThat(health.failed()).isTrue();
        assertThat(health.isUp()).isFalse();
    }
}
