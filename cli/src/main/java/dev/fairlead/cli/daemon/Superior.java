package dev.fairlead.cli.daemon;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whoever supervises this program and wants to know how it is (sd_notify(3)): systemd, or another Fairlead.
/// Where nobody does, nothing is said. May be told things from any thread.
public final class Superior {
    private static final Logger LOG = LoggerFactory.getLogger(Superior.class);
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(10);

    private final Clock clock;
    private final Optional<String> socket;
    private final Optional<Duration> watchdog;

    private Superior(Clock clock, Optional<String> socket, Optional<Duration> watchdog) {
        this.clock = clock;
        this.socket = socket;
        this.watchdog = watchdog;
    }

    public static Superior of(Map<String, String> environment, Clock clock) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isWatched = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        Optional<Duration> watchdog = Optional.of(environment.getOrDefault("WATCHDOG_USEC", ""))
                .filter(micros -> isWatched && micros.matches("[1-9]\\d{0,17}"))
                .map(micros -> Duration.ofNanos(Long.parseLong(micros) * 1000));
        return new Superior(
                clock,
                Optional.of(environment.getOrDefault("NOTIFY_SOCKET", "")).filter(name -> !name.isEmpty()),
                watchdog);
    }

    /// The program does what it is there for.
    public void isReady(String status) {
        tell("READY=1\nSTATUS=" + status);
    }

    /// It reads its configuration again; [#isReady] follows.
    public void isReloading() {
        // The kernel's monotonic clock, by which systemd tells this reload from an earlier one.
        tell("RELOADING=1\nMONOTONIC_USEC=" + clock.monotonicNanos() / 1000 + "\nSTATUS=Reading the configuration");
    }

    /// It ends in order, and asks for time as long as the loop that does so turns: each unit may take its own.
    public void isEnding(MasterLoop loop) {
        tell("STOPPING=1\nSTATUS=Finishing requests, then stopping units");
        if (socket.isPresent()) {
            loop.execute(() -> takesTime(loop));
        }
    }

    private void takesTime(MasterLoop loop) {
        tell("EXTEND_TIMEOUT_USEC=" + 3 * ASKED_AGAIN.toNanos() / 1000);
        loop.schedule(ASKED_AGAIN, () -> takesTime(loop));
    }

    /// Gives a sign of life from a loop as often as is asked for, so that a loop that hangs is noticed.
    public void watches(MasterLoop loop) {
        watchdog.ifPresent(longest -> loop.execute(() -> signOfLife(loop, longest.dividedBy(2))));
    }

    private void signOfLife(MasterLoop loop, Duration pause) {
        tell("WATCHDOG=1");
        loop.schedule(pause, () -> signOfLife(loop, pause));
    }

    private void tell(String text) {
        socket.ifPresent(name -> {
            try {
                NotifySocket.send(name, text);
            } catch (OsException refused) {
                LOG.warn("{} cannot be told {}", name, text.lines().findFirst().orElse(""), refused);
            }
        });
    }
}
