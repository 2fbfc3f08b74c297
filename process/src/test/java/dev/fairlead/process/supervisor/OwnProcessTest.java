package dev.fairlead.process.supervisor;

import static dev.fairlead.process.supervisor.Stage.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.process.supervisor.launch.Programs;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A supervisor that has its process to itself.
@Timeout(180)
class OwnProcessTest {
    /// Runs a daemon and a plain service, and prints what is said about them.
    static final class Probe {
        public static void main(String[] arguments) throws Exception {
            Journal journal = Journal.inMemory(JournalLimits.DEFAULT, Clock.system());
            journal.follow(entry -> System.out.println(entry.text()));
            UnitSet units = UnitSet.allOf(List.of(
                    service("daemon", "(setsid sh -c 'echo daemon $$$$; exec sleep 1000' &); exit 0")
                            .startup(Startup.FORKING)
                            .build(),
                    service("plain", "echo plain $$$$; exec sleep 1000").build()));
            Supervisor.start(units, SupervisorOptions.DEFAULT, Clock.system(), journal, change -> {});
            new CountDownLatch(1).await();
        }
    }

    @Test
    void daemonsEndIsSeenAndServicesDoNotOutliveTheirSupervisor() throws IOException {
        assumeTrue(Programs.find("setpriv").isPresent(), "setpriv is not installed");
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(probe.getInputStream(), StandardCharsets.UTF_8))) {
            Pids pids = awaitBoth(lines);
            Processes.signal(pids.daemon, 9);
            await(lines, "daemon.service: Main process exited, code=killed, status=9/KILL");
            assertThat(ProcessTable.of(pids.daemon)).isEmpty();

            probe.destroyForcibly();
            Deadline.inSeconds(60)
                    .await(
                            "the service ends with its supervisor",
                            () -> ProcessTable.of(pids.plain)
                                    .filter(row -> !row.isZombie())
                                    .isEmpty());
        } finally {
            probe.destroyForcibly();
        }
    }

    private record Pids(int daemon, int plain) {}

    /// The daemon's id, once it counts as started, and the service's.
    private static Pids awaitBoth(BufferedReader lines) throws IOException {
        int daemon = 0;
        int plain = 0;
        boolean started = false;
        while (daemon == 0 || plain == 0 || !started) {
            String line = lines.readLine();
            assertThat(line).as("the probe goes on").isNotNull();
            if (line.startsWith("daemon ")) {
                daemon = Integer.parseInt(line.substring(7));
            } else if (line.startsWith("plain ")) {
                plain = Integer.parseInt(line.substring(6));
            }
            started = started || line.equals("Started daemon.service.");
        }
        return new Pids(daemon, plain);
    }

    private static void await(BufferedReader lines, String wanted) throws IOException {
        String line;
        do {
            line = lines.readLine();
            assertThat(line).as("the probe says: " + wanted).isNotNull();
        } while (!line.equals(wanted));
    }
}
