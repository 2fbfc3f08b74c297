package dev.fairlead.model.service;

import java.time.Duration;

/// How often a unit may start another one before it is taken for a runaway and fails: at most `burst` times
/// within `interval`. Either of them zero: without limit.
public record TriggerLimit(Duration interval, int burst) {
    public boolean isUnlimited() {
        return burst == 0 || interval.isZero();
    }
}
