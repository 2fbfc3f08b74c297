package dev.fairlead.model.service;

import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A wish over named events: it holds once the events it names have come, in whatever order.
public sealed interface Trigger {
    /// One event, by its name and the values of its variables. All matches have to hold.
    record Occurs(String event, List<Match> matches, Span origin) implements Trigger {
        public Occurs {
            matches = List.copyOf(matches);
        }
    }

    /// Both. The first of them to come is held up until the other has come, too.
    record Both(Trigger left, Trigger right) implements Trigger {}

    record Either(Trigger left, Trigger right) implements Trigger {}

    /// What a variable of an event has to be.
    ///
    /// @param name of the variable; empty: the one that stands at the same place among the event's variables as
    ///     this match among those of its wish
    /// @param pattern with the wildcards of file names, after the variables in it were replaced
    /// @param isNegated whether it must not match
    record Match(Optional<String> name, String pattern, boolean isNegated, Span origin) {}

    /// Shows each event it names, from left to right.
    default void forEach(Consumer<Occurs> visitor) {
        switch (this) {
            case Occurs occurs -> visitor.accept(occurs);
            case Both both -> {
                both.left.forEach(visitor);
                both.right.forEach(visitor);
            }
            case Either either -> {
                either.left.forEach(visitor);
                either.right.forEach(visitor);
            }
        }
    }
}
