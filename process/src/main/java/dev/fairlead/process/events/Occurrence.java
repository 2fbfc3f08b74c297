package dev.fairlead.process.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// An event that has come: known by its name, with variables whose order counts. It is over once nobody holds it
/// up any more.
final class Occurrence {
    private final String name;
    private final SequencedMap<String, String> variables;
    private final List<Consumer<Boolean>> whenOver = new ArrayList<>();
    private int holders;
    private boolean isHandled;
    private boolean hasFailed;

    Occurrence(String name, SequencedMap<String, String> variables) {
        this.name = name;
        this.variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
    }

    String name() {
        return name;
    }

    SequencedMap<String, String> variables() {
        return variables;
    }

    void hold() {
        holders++;
    }

    void release(boolean failed) {
        hasFailed |= failed;
        holders--;
    }

    void handled() {
        isHandled = true;
    }

    boolean isPending() {
        return !isHandled;
    }

    boolean isOver() {
        return isHandled && holders == 0;
    }

    boolean hasFailed() {
        return hasFailed;
    }

    /// @param follower is told whether somebody who was started or stopped by it has failed
    void whenOver(Consumer<Boolean> follower) {
        whenOver.add(follower);
    }

    void tell() {
        List.copyOf(whenOver).forEach(follower -> follower.accept(hasFailed));
    }
}
