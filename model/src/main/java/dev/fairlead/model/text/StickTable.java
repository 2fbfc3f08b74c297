package dev.fairlead.model.text;

import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Counters by key, kept for the whole process and over reloads: of a client, a user, whatever a template says.
///
/// @param name unique in a plan; a reload keeps the entries of a table that it leaves as it was
/// @param keyLength the most bytes of a text or binary key; longer ones are cut
/// @param mostEntries how many keys are kept
/// @param purges whether the entry that was used least lately makes room for a new one; else new keys are not
///     kept
/// @param expire how long an entry is kept that is not used; empty for ever
/// @param stored the counters that an entry has
public record StickTable(
        String name,
        Key key,
        int keyLength,
        long mostEntries,
        boolean purges,
        Optional<Duration> expire,
        List<Stored> stored,
        Span origin) {

    /// What keys are; a key of another kind is converted, or does not exist.
    public enum Key {
        /// An IPv4 address, or an IPv6 one that stands for it.
        IPV4,
        /// An address of either kind.
        IPV6,
        NUMBER,
        TEXT,
        BYTES
    }

    /// @param period what a rate is counted over; zero for plain counters
    public record Stored(Counter counter, Duration period) {}
}
