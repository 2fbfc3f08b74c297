package dev.fairlead.model.text;

/// Where a counter is.
public sealed interface CounterPlace {
    /// The entry that the request or its connection tracks, see [dev.fairlead.model.http.Rule.Track].
    record Tracked(int slot) implements CounterPlace {}

    /// The tracked entry's key, in another table.
    record TrackedIn(int slot, StickTable table) implements CounterPlace {}

    /// The entry of a key. Reading makes none; changing does.
    record Entry(StickTable table, Template key) implements CounterPlace {}
}
