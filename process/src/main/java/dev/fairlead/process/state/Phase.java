package dev.fairlead.process.state;

import dev.fairlead.model.status.UnitStatus.Activity;

/// Where a service is in its life. "Up" and "ready" are different: a service that reports readiness is up in
/// [#START] and ready in [#RUNNING].
public enum Phase {
    INACTIVE("dead", Activity.INACTIVE),
    CONDITION("condition", Activity.ACTIVATING),
    START_PRE("start-pre", Activity.ACTIVATING),
    START("start", Activity.ACTIVATING),
    START_POST("start-post", Activity.ACTIVATING),
    RUNNING("running", Activity.ACTIVE),
    /// Its processes have ended well and it counts as active all the same.
    EXITED("exited", Activity.ACTIVE),
    RELOAD("reload", Activity.RELOADING),
    STOP("stop", Activity.DEACTIVATING),
    STOP_WATCHDOG("stop-watchdog", Activity.DEACTIVATING),
    STOP_SIGTERM("stop-sigterm", Activity.DEACTIVATING),
    STOP_SIGKILL("stop-sigkill", Activity.DEACTIVATING),
    STOP_POST("stop-post", Activity.DEACTIVATING),
    FINAL_WATCHDOG("final-watchdog", Activity.DEACTIVATING),
    FINAL_SIGTERM("final-sigterm", Activity.DEACTIVATING),
    FINAL_SIGKILL("final-sigkill", Activity.DEACTIVATING),
    AUTO_RESTART("auto-restart", Activity.ACTIVATING),
    FAILED("failed", Activity.FAILED);

    private final String word;
    private final Activity activity;

    Phase(String word, Activity activity) {
        this.word = word;
        this.activity = activity;
    }

    /// As status shows it.
    public String word() {
        return word;
    }

    public Activity activity() {
        return activity;
    }

    /// Whether nothing of it runs and nothing is under way.
    public boolean isAtRest() {
        return this == INACTIVE || this == FAILED;
    }

    /// Whether nothing happens in it but the end of processes, or of a time.
    public boolean onlyWaits() {
        return switch (this) {
            case INACTIVE, FAILED, RUNNING, EXITED, AUTO_RESTART -> true;
            case STOP_WATCHDOG, STOP_SIGTERM, STOP_SIGKILL, FINAL_WATCHDOG, FINAL_SIGTERM, FINAL_SIGKILL -> true;
            case CONDITION, START_PRE, START, START_POST, RELOAD, STOP, STOP_POST -> false;
        };
    }
}
