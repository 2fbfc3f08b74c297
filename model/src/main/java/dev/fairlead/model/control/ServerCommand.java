package dev.fairlead.model.control;

import dev.fairlead.model.upstream.Duty;

/// What an operator may tell a server of an upstream while it runs. It holds until it is told otherwise, over
/// reloads too, and ends with the program.
public sealed interface ServerCommand {
    record SetDuty(Duty duty) implements ServerCommand {}

    /// @param weight instead of the configured one; 0 for none but clients bound to it
    record SetWeight(int weight) implements ServerCommand {}

    /// @param percent of the configured weight
    record ScaleWeight(int percent) implements ServerCommand {}

    /// Takes back what was said of the weight.
    record ResetWeight() implements ServerCommand {}

    /// @param most 0 for no limit
    record SetMaxConnections(int most) implements ServerCommand {}

    /// Counts as up or down until a check says otherwise.
    record SetHealth(boolean up) implements ServerCommand {}

    /// Switches its checks off or on again; it stays as it is meanwhile.
    record SetChecks(boolean on) implements ServerCommand {}

    /// Counts as its agent had said that it is up or down, until the agent says otherwise.
    record SetAgentHealth(boolean up) implements ServerCommand {}

    /// Moves it to another address, until the plan or the name that it follows says otherwise.
    ///
    /// @param host a literal address
    record SetPlace(String host, int port) implements ServerCommand {}

    /// Has it follow another name.
    record SetHost(String host) implements ServerCommand {}

    /// Has its agent asked, or not.
    record SetAgent(boolean on) implements ServerCommand {}
}
