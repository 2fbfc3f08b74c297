package dev.fairlead.process.arbiter;

import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.util.ArrayList;
import java.util.List;

/// How one generation of the code stands: its zygote and its workers.
///
/// @param number counts deploys from 1
/// @param wanted workers it shall have
/// @param quickEnds workers that ended as soon as they began, one after the other
/// @param lastQuickEnd when the last of them did, in milliseconds of the monotonic clock
/// @param zygoteEnds zygotes that ended one after the other with no worker becoming ready in between
/// @param isForkingDelayed whether workers end too fast to be replaced at once
public record GenerationState(
        int number,
        Stage stage,
        Source source,
        int wanted,
        int quickEnds,
        long lastQuickEnd,
        int zygoteEnds,
        boolean isForkingDelayed,
        List<WorkerState> workers) {
    public GenerationState {
        workers = List.copyOf(workers);
    }

    /// What it is there for.
    public enum Stage {
        /// Its workers do not get requests yet.
        COMING,
        SERVING,
        /// Another serves; its workers finish what they have.
        RETIRING,
        /// Nothing of it is needed any more.
        ENDING
    }

    /// The zygote.
    public enum Source {
        ABSENT,
        /// It loads configuration and application.
        LOADING,
        /// Workers can be forked.
        LOADED,
        /// It was told to end.
        ENDING
    }

    static GenerationState coming(int number, int wanted) {
        return new GenerationState(number, Stage.COMING, Source.LOADING, wanted, 0, 0, 0, false, List.of());
    }

    GenerationState stage(Stage next) {
        return new GenerationState(
                number, next, source, wanted, quickEnds, lastQuickEnd, zygoteEnds, isForkingDelayed, workers);
    }

    GenerationState source(Source next) {
        return new GenerationState(
                number, stage, next, wanted, quickEnds, lastQuickEnd, zygoteEnds, isForkingDelayed, workers);
    }

    GenerationState wanted(int next) {
        return new GenerationState(
                number, stage, source, next, quickEnds, lastQuickEnd, zygoteEnds, isForkingDelayed, workers);
    }

    GenerationState quickEnds(int count, long when) {
        return new GenerationState(number, stage, source, wanted, count, when, zygoteEnds, isForkingDelayed, workers);
    }

    GenerationState zygoteEnds(int count) {
        return new GenerationState(
                number, stage, source, wanted, quickEnds, lastQuickEnd, count, isForkingDelayed, workers);
    }

    GenerationState delayed(boolean isDelayed) {
        return new GenerationState(
                number, stage, source, wanted, quickEnds, lastQuickEnd, zygoteEnds, isDelayed, workers);
    }

    private GenerationState workers(List<WorkerState> next) {
        return new GenerationState(
                number, stage, source, wanted, quickEnds, lastQuickEnd, zygoteEnds, isForkingDelayed, next);
    }

    /// With a worker as it is now; one that is new goes last.
    GenerationState with(WorkerState worker) {
        List<WorkerState> next = new ArrayList<>(workers);
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i).number() == worker.number()) {
                next.set(i, worker);
                return workers(next);
            }
        }
        next.add(worker);
        return workers(next);
    }

    GenerationState without(WorkerState worker) {
        return workers(workers.stream()
                .filter(other -> other.number() != worker.number())
                .toList());
    }

    boolean is(Stage which) {
        return stage == which;
    }

    boolean mayFork() {
        return source == Source.LOADED && !isForkingDelayed && (stage == Stage.COMING || stage == Stage.SERVING);
    }

    /// Workers that are still to be forked.
    int missing() {
        return wanted - (int) workers.stream().filter(WorkerState::isActive).count();
    }

    List<WorkerState> in(Phase phase) {
        return workers.stream().filter(worker -> worker.is(phase)).toList();
    }

    boolean isComplete() {
        return source == Source.LOADED && in(Phase.READY).size() >= wanted;
    }
}
