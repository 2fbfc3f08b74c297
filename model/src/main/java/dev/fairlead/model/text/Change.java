package dev.fairlead.model.text;

/// What is done to a counter.
public sealed interface Change {
    /// @param amount a whole number
    record Increase(Template amount) implements Change {}

    record SetTo(Template number) implements Change {}
}
