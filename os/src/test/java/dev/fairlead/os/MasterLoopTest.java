package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MasterLoopTest {
    private MasterLoop loop;

    @BeforeEach
    void start() throws OsException {
        loop = MasterLoop.start("master-test", Clock.system());
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void tasksRunInOrderOnTheLoop() throws Exception {
        List<Integer> order = new ArrayList<>();
        CompletableFuture<Boolean> last = new CompletableFuture<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        loop.execute(() -> last.complete(loop.isInLoop()));
        assertThat(last.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void timersFireInTheOrderOfTheirTimesAndCancelledOnesDoNot() throws Exception {
        List<String> fired = new ArrayList<>();
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        loop.execute(() -> {
            loop.schedule(Duration.ofMillis(30), () -> done.complete(fired));
            loop.schedule(Duration.ofMillis(20), () -> fired.add("second"));
            loop.schedule(Duration.ofMillis(1), () -> fired.add("first"));
            loop.schedule(Duration.ofMillis(10), () -> fired.add("never")).cancel();
        });
        assertThat(done.get(60, TimeUnit.SECONDS)).containsExactly("first", "second");
    }

    @Test
    void failingCallbackDoesNotEndTheLoop() throws Exception {
        CompletableFuture<Void> after = new CompletableFuture<>();
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> after.complete(null));
        after.get(60, TimeUnit.SECONDS);
    }

    @Test
    void spawnedChildIsSeenToPrintAndToEnd() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        loop.execute(() -> runShell("echo $0 $FOO; pwd; exit 7", seen));
        assertThat(seen.get(60, TimeUnit.SECONDS)).isEqualTo("sh bar\n/\nexit 7");
    }

    @Test
    void childHasNoForeignDescriptorsAndAnOwnSession() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        loop.execute(() -> runShell("set -- /proc/$$/fd/*; echo $#; test $(cut -d' ' -f6 /proc/$$/stat) = $$", seen));
        // 0 to 2, and the folder that the shell reads to expand the pattern.
        assertThat(seen.get(60, TimeUnit.SECONDS)).isIn("3\nexit 0", "4\nexit 0");
    }

    @Test
    void deadlySignalIsReportedAsSuch() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        loop.execute(() -> runShell("kill -9 $$", seen));
        assertThat(seen.get(60, TimeUnit.SECONDS)).isEqualTo("signal 9");
    }

    private void runShell(String script, CompletableFuture<String> seen) {
        try {
            Pipe pipe = Pipe.open();
            int nothing = OpenFile.nothing();
            int pid = new Spawn(
                            "/bin/sh",
                            List.of("sh", "-c", script),
                            List.of("PATH=/usr/bin:/bin", "FOO=bar"),
                            Optional.of(Path.of("/")),
                            List.of(nothing, pipe.writeEnd(), pipe.writeEnd()))
                    .start();
            Descriptors.close(nothing);
            Descriptors.close(pipe.writeEnd());
            int watch = Processes.watch(pid);
            loop.watch(watch, () -> {
                loop.unwatch(watch);
                Descriptors.close(watch);
                seen.complete(
                        drain(pipe.readEnd()) + describe(Processes.collect(pid).orElseThrow()));
            });
        } catch (IOException failed) {
            seen.completeExceptionally(failed);
        }
    }

    private static String describe(Processes.Exit exit) {
        return (exit.signalled() ? "signal " : "exit ") + exit.code();
    }

    private static String drain(int descriptor) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        try {
            while (Pipe.read(descriptor, buffer) > 0) {
                // until there is no more
            }
        } catch (OsException failed) {
            throw new IllegalStateException(failed);
        } finally {
            Descriptors.close(descriptor);
        }
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
