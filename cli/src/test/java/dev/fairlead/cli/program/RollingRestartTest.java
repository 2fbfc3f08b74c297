package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Ports;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three instances of a template behind one front, restarted by a pattern.
@Timeout(180)
class RollingRestartTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int CLIENTS = 4;

    private final Program program;
    private final Path root;
    private final Path unit;
    private final int front = Ports.free();
    private final List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free());

    RollingRestartTest(@TempDir Path temporary) throws IOException {
        program = new Program(temporary);
        root = temporary.resolve("shop");
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Path wants = Files.createDirectory(units.resolve("multi-user.target.wants"));
        Path sites = Files.createDirectories(root.resolve("etc/nginx/conf.d"));
        unit = units.resolve("helper@.service");
        Files.writeString(unit, """
                [Service]
                WorkingDirectory=/
                ExecStart=/usr/bin/python3 -m http.server --bind 127.0.0.1 %i
                """);
        StringBuilder servers = new StringBuilder();
        for (int port : ports) {
            servers.append(" server 127.0.0.1:").append(port).append(';');
            Files.createSymbolicLink(wants.resolve("helper@" + port + ".service"), Path.of("../helper@.service"));
        }
        Files.writeString(
                sites.resolve("front.conf"),
                "upstream helpers {" + servers + " }\nserver { listen 127.0.0.1:" + front
                        + "; location / { proxy_pass http://helpers; } }\n");
    }

    private ProcessUnderTest started() {
        assumeTrue(Files.isExecutable(PYTHON), "there is no Python");
        return program.up(root);
    }

    @Test
    void noRequestFailsWhileAllInstancesAreRestarted() throws InterruptedException {
        try (ProcessUnderTest up = started()) {
            AtomicBoolean goesOn = new AtomicBoolean(true);
            AtomicInteger answered = new AtomicInteger();
            List<Throwable> failed = new ArrayList<>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> ask(goesOn, answered, failed)));
            }
            ProcessUnderTest restart = program.run("restart", "helper@*");
            goesOn.set(false);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(restart.output()).contains("restarted one after the other: ");
            assertThat(restart.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(failed).isEmpty();
            assertThat(answered).hasPositiveValue();
            assertThat(program.run("status").output()).doesNotContain("down", "draining");
            assertThat(up.output()).contains("ready in");
        }
    }

    private void ask(AtomicBoolean goesOn, AtomicInteger answered, List<Throwable> failed) {
        while (goesOn.get()) {
            try {
                assertThat(Program.get(front, "/")).contains("Directory listing");
                answered.incrementAndGet();
            } catch (AssertionError | RuntimeException refused) {
                synchronized (failed) {
                    failed.add(refused);
                }
                return;
            }
        }
    }

    @Test
    void anInstanceThatDoesNotComeUpStopsTheRollAndTheOthersServe() throws IOException {
        try (ProcessUnderTest up = started()) {
            Files.writeString(unit, "[Service]\nExecStart=/bin/false\n");
            program.run("reload");
            ProcessUnderTest restart = program.run("restart", "helper@*");
            assertThat(restart.awaitExit(Deadline.inSeconds(60))).isEqualTo(1);
            assertThat(restart.output()).contains("does not come up", "the roll stops here; as they were: helper@");
            for (int i = 0; i < 6; i++) {
                assertThat(Program.get(front, "/")).contains("Directory listing");
            }
            assertThat(up.output()).contains("ready in");
        }
    }
}
