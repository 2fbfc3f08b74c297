package dev.fairlead.process.arbiter;

import dev.fairlead.process.arbiter.GenerationState.Source;
import dev.fairlead.process.arbiter.GenerationState.Stage;
import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One step of the [Arbiter] while it is decided: the state so far, the actions so far, and what can be done.
final class Turn {
    private static final String UNNEEDED = "it is not needed any more";

    private final List<Action> actions = new ArrayList<>();
    private ApplicationState state;

    Turn(ApplicationState state) {
        this.state = state;
    }

    Transition done() {
        if (state.isEnding() && state.generations().isEmpty()) {
            act(new Action.Stopped());
        }
        return new Transition(state, actions);
    }

    ApplicationState state() {
        return state;
    }

    void state(ApplicationState next) {
        state = next;
    }

    void act(Action action) {
        actions.add(action);
    }

    void put(GenerationState generation) {
        state = state.with(generation);
    }

    void put(GenerationState generation, WorkerState worker) {
        put(now(generation).with(worker));
    }

    /// A generation as it is by now.
    GenerationState now(GenerationState generation) {
        return state.generation(generation.number()).orElse(generation);
    }

    /// Forks what is missing.
    void refill(GenerationState which) {
        GenerationState generation = now(which);
        if (!generation.mayFork()) {
            return;
        }
        for (int missing = generation.missing(); missing > 0; missing--) {
            state = state.oneMoreWorker();
            int number = state.lastWorker();
            put(generation, WorkerState.forking(number));
            act(new Action.Fork(generation.number(), number));
        }
    }

    /// Lets those go that are too many: first those that have been replaced, then the oldest.
    void trim(GenerationState which) {
        GenerationState generation = now(which);
        List<WorkerState> serving = generation.in(Phase.SERVING).stream()
                .sorted(Comparator.comparingInt((WorkerState worker) -> worker.isUnwanted() ? 0 : 1)
                        .thenComparingInt(WorkerState::number))
                .toList();
        for (int i = 0; i < serving.size() - generation.wanted(); i++) {
            letGo(generation, serving.get(i));
        }
    }

    /// A worker that may have requests finishes them; another is of no use.
    private void letGo(GenerationState generation, WorkerState worker) {
        switch (worker.phase()) {
            case SERVING -> {
                put(generation, worker.phase(Phase.RETIRING));
                act(new Action.Retire(worker.number()));
            }
            case BOOTING, READY -> act(new Action.Kill(worker.number(), UNNEEDED));
            case FORKING, RETIRING, ENDING -> {
                // One that is being forked is killed as soon as there is a process.
            }
        }
    }

    void admit(GenerationState generation, WorkerState worker) {
        put(generation, worker.phase(Phase.SERVING));
        act(new Action.Admit(worker.number()));
    }

    /// If all its workers are ready, a generation that comes up takes over.
    void takeOverIfComplete(GenerationState which) {
        GenerationState generation = now(which);
        if (!generation.is(Stage.COMING) || !generation.isComplete()) {
            return;
        }
        Optional<GenerationState> before = state.serving();
        before.ifPresent(old -> put(old.stage(Stage.RETIRING)));
        put(generation.stage(Stage.SERVING));
        generation.in(Phase.READY).forEach(worker -> admit(generation, worker));
        act(new Action.Serve(
                generation.number(),
                before.map(old -> OptionalInt.of(old.number())).orElse(OptionalInt.empty())));
        before.ifPresent(this::release);
        trim(generation);
    }

    /// A generation's workers finish what they have and end.
    void release(GenerationState which) {
        put(now(which).stage(Stage.RETIRING));
        which.workers().forEach(worker -> letGo(which, worker));
        act(new Action.Release(which.number()));
        sweep(which);
    }

    /// Nothing of a generation is needed any more.
    void end(GenerationState which, String why) {
        GenerationState generation = now(which);
        put(generation.stage(Stage.ENDING));
        for (WorkerState worker : generation.workers()) {
            if (!worker.is(Phase.FORKING)) {
                act(new Action.Kill(worker.number(), why));
            }
        }
        endZygote(generation, generation.source() == Source.LOADING);
        sweep(generation);
    }

    void endZygote(GenerationState which, boolean isAtOnce) {
        GenerationState generation = now(which);
        if (generation.source() == Source.LOADING || generation.source() == Source.LOADED) {
            put(generation.source(Source.ENDING));
            act(new Action.EndZygote(generation.number(), isAtOnce));
        }
    }

    /// A generation that comes up will not.
    void breakDown(GenerationState generation, String why) {
        end(generation, "its generation did not come up");
        state.serving().ifPresent(kept -> state = state.wanted(kept.wanted()));
        act(new Action.ReportBroken(generation.number(), why));
    }

    /// Forgets a generation of which nothing is left.
    void sweep(GenerationState which) {
        GenerationState generation = now(which);
        boolean isLeaving = generation.is(Stage.RETIRING) || generation.is(Stage.ENDING);
        if (!isLeaving || !generation.workers().isEmpty()) {
            return;
        }
        if (generation.source() == Source.ABSENT) {
            state = state.without(generation.number());
            act(new Action.Forget(generation.number()));
        } else {
            endZygote(generation, generation.source() == Source.LOADING);
        }
    }
}
