package dev.fairlead.process.state;

import java.util.List;

/// The next state and what has to be done.
public record Transition(ServiceState state, List<Action> actions) {
    public Transition {
        actions = List.copyOf(actions);
    }

    static Transition stay(ServiceState state) {
        return new Transition(state, List.of());
    }
}
