package dev.fairlead.model.upstream;

import dev.fairlead.model.text.Template;

/// How the server for a request is chosen among those available.
public sealed interface Balance {
    /// In turn, by weight, smoothly interleaved.
    record RoundRobin() implements Balance {}

    /// In turn, in a rotation made of the weights once and made anew only when a server comes or goes.
    record FixedRotation() implements Balance {}

    /// The fewest active connections in proportion to the weight; among equals in turn.
    record LeastConnections() implements Balance {}

    /// By the client's address: the first three bytes of IPv4, all of IPv6.
    record ClientAddress() implements Balance {}

    /// By the hash of a text.
    ///
    /// @param consistent whether few keys move when a server is added or removed (ketama)
    record Hash(Template key, boolean consistent) implements Balance {}

    /// By the hash of a key, over those servers alone that are up. Requests without a key go in turn.
    ///
    /// @param function ignored for addresses, whose bytes are folded together
    /// @param avalanche whether the hash is mixed once more, so that near keys are far apart
    /// @param consistent whether servers have places on a ring, so that few keys move when one comes or goes;
    ///     else all weights are laid side by side and the remainder of the hash decides
    /// @param mostLoadPercent on a ring, a server that has more than this share of the average of all is passed
    ///     over; 0 for no limit
    record Keyed(Key key, HashFunction function, boolean avalanche, boolean consistent, int mostLoadPercent)
            implements Balance {}

    /// By chance, by weight.
    ///
    /// @param bestOfTwo whether two are drawn and the one with fewer active connections is taken
    record Random(boolean bestOfTwo) implements Balance {}

    /// The first that is available, in the order of the configuration.
    record InOrder() implements Balance {}

    /// What is hashed.
    sealed interface Key {
        /// All bytes of the client's address.
        record SourceAddress() implements Key {}

        /// The request's target as received.
        ///
        /// @param length most bytes; 0 for no limit
        /// @param depth most path components; 0 for no limit
        /// @param whole whether what follows the question mark counts
        record Target(int length, int depth, boolean whole) implements Key {}

        /// A text; empty for none.
        record Text(Template text) implements Key {}
    }

    /// Hash functions of 32 bits.
    enum HashFunction {
        SDBM,
        DJB2,
        WT6,
        CRC32
    }
}
