package dev.fairlead.model.upstream;

import dev.fairlead.model.http.Template;

/// How the server for a request is chosen among those available.
public sealed interface Balance {
    /// In turn, by weight, smoothly interleaved.
    record RoundRobin() implements Balance {}

    /// The fewest active connections in proportion to the weight; among equals in turn.
    record LeastConnections() implements Balance {}

    /// By the client's address: the first three bytes of IPv4, all of IPv6.
    record ClientAddress() implements Balance {}

    /// By the hash of a text.
    ///
    /// @param consistent whether few keys move when a server is added or removed (ketama)
    record Hash(Template key, boolean consistent) implements Balance {}

    /// By chance, by weight.
    ///
    /// @param bestOfTwo whether two are drawn and the one with fewer active connections is taken
    record Random(boolean bestOfTwo) implements Balance {}

    /// The first that is available, in the order of the configuration.
    record InOrder() implements Balance {}
}
