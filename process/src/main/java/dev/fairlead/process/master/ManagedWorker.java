package dev.fairlead.process.master;

import dev.fairlead.worker.WorkerId;
import java.util.Optional;

/// One worker as the master knows it. On the master loop.
final class ManagedWorker {
    /// What it is doing. A worker only moves forward.
    enum State {
        /// Forked, or about to be.
        BOOTING("booting"),
        /// It waits for requests and answers the health check.
        READY("ready"),
        SERVING("serving"),
        /// It gets no new requests.
        RETIRING("retiring"),
        GONE("gone");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final WorkerId id;
    private final long sinceMillis;
    private State state = State.BOOTING;
    private int pid;
    private String stage = "fork";
    private boolean isUnwanted;
    private Optional<String> verdict = Optional.empty();

    ManagedWorker(WorkerId id, long sinceMillis) {
        this.id = id;
        this.sinceMillis = sinceMillis;
    }

    WorkerId id() {
        return id;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
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

    /// Whether another is to take its place.
    boolean isUnwanted() {
        return isUnwanted;
    }

    void markUnwanted() {
        isUnwanted = true;
    }

    /// Why the master killed it, if it did.
    Optional<String> verdict() {
        return verdict;
    }

    void verdict(String why) {
        verdict = Optional.of(why);
    }

    boolean isActive() {
        return !isUnwanted && (state == State.BOOTING || state == State.READY || state == State.SERVING);
    }

    /// As messages name it.
    String name() {
        return "worker " + pid + " (" + id + ")";
    }
}
