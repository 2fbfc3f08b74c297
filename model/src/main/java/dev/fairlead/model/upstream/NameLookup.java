package dev.fairlead.model.upstream;

import dev.fairlead.model.net.AddressRange;
import java.util.List;
import java.util.Optional;

/// How the address of a server is found out, and followed while the program runs.
///
/// @param host the name that is asked for
/// @param isService whether records of a service (SRV) are asked for, which name hosts, ports and shares
/// @param by who is asked; empty: nobody, and the server keeps the address that it began with
/// @param addresses most addresses at once that it stands for, each of which counts as a server
/// @param first where its first address comes from: the first of these that has one. If none has, the plan
///     cannot run
/// @param choice which of several addresses
public record NameLookup(
        String host, boolean isService, Optional<NameServers> by, int addresses, List<First> first, Choice choice) {
    public NameLookup {
        first = List.copyOf(first);
    }

    /// Where the first address of a server comes from.
    public sealed interface First {
        /// The address it has at present, where it ran before.
        record Last() implements First {}

        /// The system's own resolver.
        record Machine() implements First {}

        /// It has none until name servers say one.
        record Nowhere() implements First {}

        /// @param host literal
        record Given(String host) implements First {}
    }

    /// Which families of addresses are asked for.
    public enum Family {
        /// IPv6, and IPv4 only where there is none.
        IPV6_FIRST,
        IPV4_FIRST,
        BOTH,
        IPV4,
        IPV6
    }

    /// @param networks addresses in these come first
    /// @param mayShare whether servers of one upstream and name may have the same address
    /// @param ignoresWeights whether shares that records of services name do not count
    public record Choice(Family family, List<AddressRange> networks, boolean mayShare, boolean ignoresWeights) {
        public Choice {
            networks = List.copyOf(networks);
        }
    }
}
