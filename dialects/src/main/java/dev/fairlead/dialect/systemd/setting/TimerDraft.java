package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.timer.Elapse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `[Timer]` says, while it is read, with systemd's defaults.
final class TimerDraft {
    final List<Elapse> elapses = new ArrayList<>();
    boolean waitsForClock;
    Optional<String> unit = Optional.empty();
    Duration spread = Duration.ZERO;
    boolean spreadIsFixed;
    boolean isPersistent;
    boolean remains = true;
}
