package dev.fairlead.process.arbiter;

import java.util.List;

/// The next state and what has to be done, in this order.
public record Transition(ApplicationState state, List<Action> actions) {
    public Transition {
        actions = List.copyOf(actions);
    }
}
