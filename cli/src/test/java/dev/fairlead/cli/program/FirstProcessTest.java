package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As the first process of a container.
@Timeout(180)
class FirstProcessTest {
    @TempDir
    Path folder;

    @Test
    void itCollectsOrphansAndEndsInOrderWhenItIsToldTo() throws IOException, InterruptedException {
        assumeTrue(mayMakeNamespaces(), "PID namespaces may not be made here");
        Path stack = Files.createDirectory(folder.resolve("shop"));
        Path zombies = folder.resolve("zombies");
        // A child that loses its parent and ends; then the unit looks for processes that nobody has collected.
        Files.writeString(stack.resolve("app.service"), """
                [Service]
                ExecStart=/bin/sh -c 'trap "echo in order; exit 0" TERM; \\
                  sh -c "setsid sh -c \\"exit 3\\" & exit 0"; \\
                  while :; do grep -l "^State:.Z" /proc/[0-9]*/status >%s.new 2>/dev/null; mv %s.new %s; sleep 0.2; done'
                """.formatted(zombies, zombies, zombies));
        Program program = new Program(folder);
        try (ProcessUnderTest up = program.startAsFirstProcess("up", stack.toString())) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(60));
            Deadline.inSeconds(60).await("no orphan left uncollected", () -> isThereAndEmpty(zombies));
            ProcessHandle first = ProcessHandle.of(up.pid())
                    .flatMap(outer -> outer.children().findFirst())
                    .orElseThrow();
            assertThat(first.destroy()).isTrue();
            assertThat(up.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(up.output()).contains("app.service: Deactivated successfully.", "ended");
        }
    }

    private static boolean isThereAndEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean mayMakeNamespaces() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of("unshare", "-fp", "--mount-proc", "true")).start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
