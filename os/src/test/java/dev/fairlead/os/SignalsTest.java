package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SignalsTest {
    /// Started as a process of its own, because signals can only be blocked before the first thread starts.
    static final class Probe {
        public static void main(String[] arguments) throws OsException {
            SignalSet set = SignalSet.of(1, 10, 12, 15);
            System.out.println(Signals.areBlocked(set) ? "blocked" : "not blocked");
            int descriptor = Signals.open(set);
            boolean ended = false;
            while (!ended) {
                for (Signals.Received signal : Signals.read(descriptor)) {
                    System.out.println(signal.number() + " from " + signal.pid());
                    ended = signal.number() == 15;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void everySignalIsReadWithItsSender() throws Exception {
        Process probe = new ProcessBuilder(
                        "env",
                        "--block-signal=HUP,USR1,USR2,TERM",
                        "_JAVA_SR_SIGNUM=62",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xrs",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(probe.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("blocked");
            int self = (int) ProcessHandle.current().pid();
            for (int signal : new int[] {12, 1, 10, 15}) {
                assertThat(Processes.signal((int) probe.pid(), signal)).isTrue();
                assertThat(lines.readLine()).isEqualTo(signal + " from " + self);
            }
            assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(probe.exitValue()).isZero();
        } finally {
            probe.destroyForcibly();
        }
    }
}
