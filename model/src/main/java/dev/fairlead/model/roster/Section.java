package dev.fairlead.model.roster;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// A part of the traffic: where clients come in, where requests go, or both. Two of them share a name only where
/// one is a front and the other a back.
///
/// @param name unique among the fronts, and among the backs; a back's is that of its upstream and its location
/// @param number for programs that watch; unique
/// @param isHttp whether requests are seen; else connections only
/// @param description a text for people; empty for none
public record Section(
        String name,
        int number,
        boolean isHttp,
        Optional<Front> front,
        Optional<Back> back,
        String description,
        Span origin) {

    /// Where clients come in.
    ///
    /// @param addresses as listeners of the plan have them
    /// @param mostConnections most client connections at once; 0 for no limit of its own
    /// @param mostPerSecond most that come in within a second; 0 for no limit
    public record Front(List<Address> addresses, int mostConnections, int mostPerSecond) {
        public Front {
            addresses = List.copyOf(addresses);
        }
    }

    /// Where requests go: the upstream of the section's name.
    ///
    /// @param balance how a server is chosen, in the word of the configuration
    /// @param cookie the cookie that binds clients to servers; empty for none
    /// @param mostConnections at which servers count as fully busy; 0 where the configuration says nothing
    public record Back(String balance, String cookie, int mostConnections) {}
}
