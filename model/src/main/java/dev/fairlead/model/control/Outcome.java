package dev.fairlead.model.control;

/// What came of a command, in a sentence for the person who gave it.
public sealed interface Outcome {
    String message();

    record Done(String message) implements Outcome {}

    record Failed(String message) implements Outcome {}

    /// It was not even begun: the wish as such does not fit.
    record Refused(String message) implements Outcome {}

    /// There is no such unit; `message` says which one may be meant.
    record Unknown(String message) implements Outcome {}

    default boolean succeeded() {
        return this instanceof Done;
    }
}
