package dev.fairlead.process.master;

import dev.fairlead.os.Processes;
import dev.fairlead.worker.WorkerId;
import java.time.Duration;
import java.util.Optional;

/// One worker's process as the master knows it; how it stands is the arbiter's. On the master loop.
final class ManagedWorker {
    private final WorkerId id;
    private final long sinceMillis;
    private final long sinceNanos;
    private long retiredNanos;
    private int pid;
    private String stage = "fork";
    private boolean isExplained;
    private boolean isGone;
    private Optional<String> verdict = Optional.empty();

    /// @param sinceMillis when it was asked for, since 1970
    /// @param sinceNanos the same by the monotonic clock
    ManagedWorker(WorkerId id, long sinceMillis, long sinceNanos) {
        this.id = id;
        this.sinceMillis = sinceMillis;
        this.sinceNanos = sinceNanos;
    }

    WorkerId id() {
        return id;
    }

    int number() {
        return id.number();
    }

    long sinceMillis() {
        return sinceMillis;
    }

    long livedMillis(long nowNanos) {
        return (nowNanos - sinceNanos) / 1_000_000;
    }

    /// It gets no requests any more.
    void retires(long nowNanos) {
        retiredNanos = nowNanos;
    }

    /// For how long it has had no new requests, once it has retired.
    Duration retiring(long nowNanos) {
        return Duration.ofNanos(nowNanos - retiredNanos);
    }

    /// 0 until it is known.
    int pid() {
        return pid;
    }

    void pid(int value) {
        pid = value;
    }

    /// What it said it was doing while it starts.
    String stage() {
        return stage;
    }

    void stage(String value) {
        stage = value;
    }

    /// Why the master killed it, if it did.
    Optional<String> verdict() {
        return verdict;
    }

    /// The first reason is the one that counts.
    void verdict(String why) {
        if (verdict.isEmpty()) {
            verdict = Optional.of(why);
        }
    }

    /// Whether the log says already why it ends.
    boolean isExplained() {
        return isExplained;
    }

    void markExplained() {
        isExplained = true;
    }

    /// Whether its process has ended.
    boolean isGone() {
        return isGone;
    }

    void markGone() {
        isGone = true;
    }

    void signal(int number) {
        // Another process may have its number by now.
        if (pid != 0 && !isGone) {
            Processes.signal(pid, number);
        }
    }

    /// As messages name it.
    String name() {
        return "worker " + pid + " (" + id + ")";
    }
}
