package dev.fairlead.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareBlocksTest {
    private final SpareBlocks<String> spares = new SpareBlocks<>();

    @Test
    void whatWasGivenIsTakenOnceAndInOrder() {
        assertThat(spares.take()).isNull();
        spares.give("a");
        spares.give("b");
        assertThat(spares.take()).isEqualTo("a");
        spares.give("c");
        assertThat(spares.take()).isEqualTo("b");
        assertThat(spares.take()).isEqualTo("c");
        assertThat(spares.take()).isNull();
    }

    @Test
    void whatIsTooMuchIsLetGo() {
        for (int i = 0; i < 20; i++) {
            spares.give("block " + i);
        }
        for (int i = 0; i < 8; i++) {
            assertThat(spares.take()).isEqualTo("block " + i);
        }
        assertThat(spares.take()).isNull();
    }
}
