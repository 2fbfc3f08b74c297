package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private final int self = (int) ProcessHandle.current().pid();

    @Test
    void ownRowTellsParentAndMemory() {
        ProcessTable.Row row = ProcessTable.of(self).orElseThrow();
        assertThat(row.parent())
                .isEqualTo(
                        ProcessHandle.current().parent().map(p -> (int) p.pid()).orElse(0));
        assertThat(row.residentBytes()).isGreaterThan(10_000_000);
        assertThat(row.isZombie()).isFalse();
    }

    @Test
    void everyProcessIsListed() {
        assertThat(ProcessTable.all()).extracting(ProcessTable.Row::pid).contains(self);
    }

    @Test
    void processThatIsNotThereHasNoRow() {
        assertThat(ProcessTable.of(4_194_304)).isEmpty();
    }

    @Test
    void startingEnvironmentIsFoundByWholeEntriesOnly() {
        String path = System.getenv("PATH");
        ProcessTable.Environment environment =
                ProcessTable.of(self).orElseThrow().environment();
        assertThat(environment.holds("PATH=" + path)).isTrue();
        assertThat(environment.holds("ATH=" + path)).isFalse();
    }
}
