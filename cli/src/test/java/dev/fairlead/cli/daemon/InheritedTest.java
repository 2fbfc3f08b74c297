package dev.fairlead.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InheritedTest {
    @Test
    void theNextProgramFindsEachSocketUnderItsAddress() {
        Map<String, Integer> sockets = new LinkedHashMap<>();
        sockets.put("0.0.0.0:80", 17);
        sockets.put("[::]:80", 23);
        sockets.put("unix:/run/a=b.sock", 9);
        Inherited handed = new Inherited(sockets);
        assertThat(handed.descriptors()).containsExactly(0, 1, 2, 17, 23, 9);
        assertThat(Inherited.parse(handed.text()).sockets())
                .isEqualTo(Map.of("0.0.0.0:80", 3, "[::]:80", 4, "unix:/run/a=b.sock", 5));
    }

    @Test
    void aProgramStartedByHandInheritsNothing() {
        assertThat(Inherited.parse("").isEmpty()).isTrue();
    }
}
