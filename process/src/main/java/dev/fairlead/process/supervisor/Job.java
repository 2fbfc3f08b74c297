package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.process.transaction.JobType;
import java.util.concurrent.CompletableFuture;

/// Something that is to become of a unit, from the wish to its end.
final class Job {
    /// How it ended.
    enum Result {
        DONE,
        /// Another wish took its place.
        CANCELED,
        FAILED,
        /// Something it requires could not be started.
        DEPENDENCY,
        /// The unit was to be active already.
        NOT_ACTIVE,
        /// An assertion of the unit does not hold.
        ASSERTION,
        /// It took longer than the unit says it may.
        TIMEOUT
    }

    final UnitRunner runner;
    final int number;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    JobType type;
    boolean hasBegun;
    boolean isUnderWay;
    boolean wasRestart;
    boolean ignoresOrder;
    boolean isIrreversible;

    Job(UnitRunner runner, JobType type, int number) {
        this.runner = runner;
        this.type = type;
        this.number = number;
    }

    String unit() {
        return runner.name();
    }

    /// What it was wished as.
    String word() {
        return wasRestart ? "restart" : type.word();
    }

    Outcome told(Result result) {
        String description = runner.unit().description();
        return switch (result) {
            case DONE -> new Outcome.Done(done() + " " + description + ".");
            case CANCELED -> new Outcome.Failed("Job for " + unit() + " canceled.");
            case FAILED ->
                new Outcome.Failed("Failed to " + attempted() + " " + description + "; see fairlead logs " + unit());
            case DEPENDENCY -> new Outcome.Failed("Dependency failed for " + description + ".");
            case NOT_ACTIVE -> new Outcome.Failed("Unit " + unit() + " is not active.");
            case TIMEOUT -> new Outcome.Failed("Job for " + unit() + " timed out.");
            case ASSERTION -> new Outcome.Failed("Assertion failed on job for " + unit() + ".");
        };
    }

    private String done() {
        return switch (type) {
            case START, VERIFY_ACTIVE, RELOAD_OR_START -> wasRestart ? "Restarted" : "Started";
            case STOP -> "Stopped";
            case RELOAD, TRY_RELOAD -> wasRestart ? "Restarted" : "Reloaded";
            case RESTART, TRY_RESTART -> "Restarted";
            case NOTHING -> "Nothing to do for";
        };
    }

    private String attempted() {
        return switch (type) {
            case STOP -> "stop";
            case RELOAD, TRY_RELOAD -> "reload";
            case START, VERIFY_ACTIVE, RELOAD_OR_START, RESTART, TRY_RESTART, NOTHING -> "start";
        };
    }
}
