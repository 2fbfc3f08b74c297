package dev.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUnderTestTest {
    @TempDir
    Path folder;

    @Test
    void linesAreWaitedForAndTheEndIsReported() {
        try (ProcessUnderTest program = ProcessUnderTest.start(
                folder, "sh", "-c", "echo ready; trap 'echo bye; exit 3' TERM; while :; do sleep 30 & wait; done")) {
            program.awaitLine("ready", "ready"::equals, Deadline.inSeconds(60));
            program.signal("TERM");
            assertThat(program.awaitExit(Deadline.inSeconds(60))).isEqualTo(3);
            assertThat(program.output()).endsWith("bye");
        }
    }

    @Test
    void aLineThatNeverComesFailsWithTheOutput() {
        try (ProcessUnderTest program = ProcessUnderTest.start(folder, "echo", "something else")) {
            assertThatThrownBy(() -> program.awaitLine("ready", "ready"::equals, Deadline.inSeconds(60)))
                    .hasMessageContaining("something else");
        }
    }

    @Test
    void goldenFilesAreComparedExactly() throws Exception {
        Path expected = Files.writeString(folder.resolve("a.golden"), "x\n");
        Golden.check(expected, "x\n");
        assertThatThrownBy(() -> Golden.check(expected, "y\n")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Golden.check(folder.resolve("none"), "y\n")).hasMessageContaining("golden.update");
    }
}
