package dev.fairlead.model.roster;

/// How many may come in within a second, over all; 0 for no limit.
///
/// @param connections as soon as they come
/// @param sessions those that are let in; here that is the same moment
public record Rates(int connections, int sessions) {
    public static final Rates NONE = new Rates(0, 0);

    /// What both limits come to.
    public int both() {
        return connections == 0 ? sessions : sessions == 0 ? connections : Math.min(connections, sessions);
    }
}
