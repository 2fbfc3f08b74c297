package dev.fairlead.process.state;

/// Why a service ended. The first reason that is not [#SUCCESS] stays until the next start.
public enum Result {
    SUCCESS("success"),
    /// Something about the machine: no such program, user or folder, or no process could be made.
    RESOURCES("resources"),
    /// It ended before it said it was ready, or left no process behind.
    PROTOCOL("protocol"),
    TIMEOUT("timeout"),
    EXIT_CODE("exit-code"),
    SIGNAL("signal"),
    CORE_DUMP("core-dump"),
    /// It was silent for longer than its watchdog allows.
    WATCHDOG("watchdog"),
    START_LIMIT_HIT("start-limit-hit"),
    /// It took more memory than it may, and the kernel ended its main process.
    OOM_KILL("oom-kill"),
    /// A condition command said not to start it, which is no failure.
    SKIPPED("exec-condition");

    private final String word;

    Result(String word) {
        this.word = word;
    }

    /// As status shows it.
    public String word() {
        return word;
    }

    public boolean isFailure() {
        return this != SUCCESS && this != SKIPPED;
    }
}
