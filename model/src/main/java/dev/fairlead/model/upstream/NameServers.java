package dev.fairlead.model.upstream;

import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Name servers that are asked for the addresses of hosts: again and again for those of servers, once for those
/// that a request names.
///
/// @param name unique in a plan
/// @param servers at least one
/// @param asksInTurn whether one is asked after the other, and the first answer counts, whatever it says; else all
///     are asked at once, and the first useful answer does
/// @param tries how often they are asked before it counts as no answer
/// @param valid how long an answer is told to further requests; empty: as long as the answer says of itself
/// @param interval from one useful answer to the next look; empty: as long as the answer says of itself
/// @param again the same where there was none
/// @param patience how long an answer may take
/// @param holds how long what is known holds
/// @param answerSize most bytes of an answer
public record NameServers(
        String name,
        List<Server> servers,
        boolean asksInTurn,
        int tries,
        Optional<Duration> valid,
        Optional<Duration> interval,
        Duration again,
        Duration patience,
        Holds holds,
        int answerSize,
        Span origin) {
    public NameServers {
        servers = List.copyOf(servers);
    }

    /// @param host a literal address
    /// @param isByTcp whether it is asked by TCP; else by UDP
    public record Server(String name, String host, int port, boolean isByTcp) {}

    /// How long a server keeps its address after the last useful answer.
    ///
    /// @param missing an address that answers have no longer
    /// @param unknown while the name is said not to exist
    /// @param empty while it is said to have no address
    /// @param silent while nobody answers
    /// @param refused while name servers refuse to answer
    /// @param other while they fail otherwise
    public record Holds(
            Duration missing, Duration unknown, Duration empty, Duration silent, Duration refused, Duration other) {}
}
