package dev.fairlead.process.transaction;

import dev.fairlead.model.status.UnitStatus.Activity;
import java.util.Locale;
import java.util.Optional;

/// What can be asked of a unit.
public enum JobType {
    START,
    /// Nothing is done; it fails where the unit is not active.
    VERIFY_ACTIVE,
    STOP,
    RELOAD,
    /// Stops it, then starts it.
    RESTART,
    /// Restarts it if it is up.
    TRY_RESTART,
    /// Reloads it if it is up.
    TRY_RELOAD,
    /// Reloads it if it is up, else starts it.
    RELOAD_OR_START,
    /// Nothing at all.
    NOTHING;

    /// As systemd's messages have it.
    public String word() {
        return this == NOTHING ? "nop" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What is left of a conditional wish, the unit being as it is.
    public JobType collapsed(Activity activity) {
        boolean isDown = isDown(activity) || activity == Activity.DEACTIVATING;
        return switch (this) {
            case TRY_RESTART -> isDown ? NOTHING : RESTART;
            case TRY_RELOAD -> isDown ? NOTHING : RELOAD;
            case RELOAD_OR_START -> isDown ? START : RELOAD;
            case START, VERIFY_ACTIVE, STOP, RELOAD, RESTART, NOTHING -> this;
        };
    }

    /// One job that does what both ask; empty where they contradict each other.
    public Optional<JobType> merged(JobType other, Activity activity) {
        if (this == other) {
            return Optional.of(this);
        }
        if (this == NOTHING || other == NOTHING) {
            return Optional.of(this == NOTHING ? other : this);
        }
        if (this == STOP || other == STOP) {
            return Optional.empty();
        }
        if (this == RESTART || other == RESTART) {
            return Optional.of(RESTART);
        }
        if (this == VERIFY_ACTIVE || other == VERIFY_ACTIVE) {
            return Optional.of(this == VERIFY_ACTIVE ? other : this);
        }
        return Optional.of(RELOAD_OR_START.collapsed(activity));
    }

    public boolean contradicts(JobType other) {
        return merged(other, Activity.INACTIVE).isEmpty();
    }

    /// Whether a unit in this state already is as asked.
    boolean isRedundant(Activity activity) {
        boolean isUp = activity == Activity.ACTIVE || activity == Activity.RELOADING;
        return switch (this) {
            case START, VERIFY_ACTIVE -> isUp;
            case STOP -> isDown(activity);
            case RELOAD -> activity == Activity.RELOADING;
            case NOTHING -> true;
            case RESTART, TRY_RESTART, TRY_RELOAD, RELOAD_OR_START -> false;
        };
    }

    /// Whether the unit goes down for it before anything else.
    public boolean stops() {
        return this == STOP || this == RESTART;
    }

    /// Of two jobs whose units are ordered, whether this one waits for the other: what stops goes first, the
    /// later unit before the earlier one; what starts goes in order.
    ///
    /// @param isLater whether this job's unit comes after the other's
    public boolean waitsFor(JobType other, boolean isLater) {
        if (this == NOTHING || other == NOTHING) {
            return false;
        }
        return isLater ? !stops() : other.stops();
    }

    public static boolean isDown(Activity activity) {
        return activity == Activity.INACTIVE || activity == Activity.FAILED;
    }
}
