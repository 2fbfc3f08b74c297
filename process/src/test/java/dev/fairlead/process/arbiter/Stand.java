package dev.fairlead.process.arbiter;

import dev.fairlead.process.arbiter.WorkerState.Phase;
import java.util.ArrayList;
import java.util.List;

/// An application whose processes are played: events go in, and what was asked for is kept until the next event.
final class Stand {
    private ApplicationState state;
    private List<Action> actions = List.of();

    Stand(int workers) {
        state = ApplicationState.initial(workers);
    }

    ApplicationState state() {
        return state;
    }

    /// What the last event asked for.
    List<Action> actions() {
        return actions;
    }

    Stand on(Event event) {
        Transition transition = Arbiter.next(state, event);
        state = transition.state();
        actions = transition.actions();
        return this;
    }

    <A extends Action> List<A> actions(Class<A> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Deploys, and lets everything come up that is asked for.
    Stand deployed(int workers) {
        return on(new Event.Deploy(workers)).loadedAndReady();
    }

    /// The zygote of the generation that comes up loads, and its workers become ready.
    Stand loadedAndReady() {
        int generation = state.lastGeneration();
        on(new Event.Loaded(generation));
        return up(numbers(Action.Fork.class));
    }

    /// Workers that were to be forked are there and ready, one after the other.
    Stand up(List<Integer> workers) {
        List<Action> all = new ArrayList<>();
        for (int worker : workers) {
            on(new Event.Forked(worker));
            all.addAll(actions);
            on(new Event.Ready(worker));
            all.addAll(actions);
        }
        actions = List.copyOf(all);
        return this;
    }

    /// Workers that the last event asked to be forked.
    List<Integer> forks() {
        return numbers(Action.Fork.class);
    }

    private List<Integer> numbers(Class<Action.Fork> kind) {
        return actions(kind).stream().map(Action.Fork::worker).toList();
    }

    /// Numbers of workers in a phase, of all generations.
    List<Integer> in(Phase phase) {
        return state.generations().stream()
                .flatMap(generation -> generation.in(phase).stream())
                .map(WorkerState::number)
                .toList();
    }
}
