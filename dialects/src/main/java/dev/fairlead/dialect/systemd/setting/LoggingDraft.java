package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.execution.Logging;
import dev.fairlead.model.service.execution.Logging.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What becomes of a service's lines, while its files are read.
final class LoggingDraft {
    /// As many as journald takes of a service that says only how long they are counted.
    private static final int USUAL_BURST = 10_000;
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

    int level = Logging.DEFAULT.level();
    boolean linesSayTheirs = Logging.DEFAULT.linesSayTheirs();
    int facility = Logging.DEFAULT.facility();
    OptionalInt mostVerbose = OptionalInt.empty();
    Optional<Duration> interval = Optional.empty();
    OptionalInt burst = OptionalInt.empty();

    Logging made() {
        return new Logging(level, linesSayTheirs, facility, mostVerbose.orElse(Logging.DEFAULT.mostVerbose()), rate());
    }

    /// Without a limit of its own a service has none: that of journald is for the whole machine.
    private Optional<Rate> rate() {
        Rate rate = new Rate(interval.orElse(USUAL_INTERVAL), burst.orElse(USUAL_BURST));
        boolean isLimited =
                (interval.isPresent() || burst.isPresent()) && !rate.interval().isZero() && rate.burst() > 0;
        return isLimited ? Optional.of(rate) : Optional.empty();
    }
}
