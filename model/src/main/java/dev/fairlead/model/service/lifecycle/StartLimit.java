package dev.fairlead.model.service.lifecycle;

import java.time.Duration;

/// How often a unit may be started: at most `burst` times within `interval`. Either of them zero: without limit.
public record StartLimit(Duration interval, int burst) {
    public static final StartLimit DEFAULT = new StartLimit(Duration.ofSeconds(10), 5);

    public boolean isUnlimited() {
        return burst == 0 || interval.isZero();
    }
}
