package dev.fairlead.model.upstream;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server is asked, again and again, whether it is well.
///
/// @param probe what is asked
/// @param rise checks in a row that have to go well before a server that was down counts as up
/// @param fall checks in a row that have to fail before a server that was up counts as down
/// @param address where it is asked; empty for the server's own address
/// @param port replaces the port of that address; 0 leaves it
/// @param tls how the connection is secured, if it is
/// @param proxyHeader the header of the PROXY protocol that the connection begins with; it says that the
///     connection is our own
/// @param cautious whether a server counts as down until its first check went well; else one failure is enough
///     at the start
/// @param endsConnections whether connections to a server end when it goes down
public record HealthCheck(
        Probe probe,
        Pace pace,
        int rise,
        int fall,
        Optional<Address> address,
        int port,
        Optional<TlsClient> tls,
        Optional<ProxyProtocol> proxyHeader,
        boolean cautious,
        boolean endsConnections,
        Span origin) {

    /// A check of the server's own address in the clear.
    public static HealthCheck of(Probe probe, Pace pace, int rise, int fall, Span origin) {
        return new HealthCheck(
                probe, pace, rise, fall, Optional.empty(), 0, Optional.empty(), Optional.empty(), false, false, origin);
    }

    /// How often, and how long for one check.
    ///
    /// @param interval between the starts of two checks of a server that is up
    /// @param whileChanging the same while checks begin to differ from what counts
    /// @param whileDown the same while it is down
    /// @param connect until the connection stands
    /// @param answer from then until the whole answer is there
    /// @param spreadPercent how much earlier or later each check may come by chance, 0 to 50
    public record Pace(
            Duration interval,
            Duration whileChanging,
            Duration whileDown,
            Duration connect,
            Duration answer,
            int spreadPercent) {
        /// The same interval always, and as long for a check.
        public static Pace every(Duration interval) {
            return new Pace(interval, interval, interval, interval, interval, 0);
        }
    }

    /// What is asked.
    public sealed interface Probe {
        /// Whether it takes connections, and agrees on TLS where there is any.
        record Connect() implements Probe {}

        /// A request of HTTP/1.
        ///
        /// @param target path and query
        /// @param version the minor one: 0 or 1
        /// @param fields as `Name: value`; length and `Connection: close` are added where they are missing
        /// @param expects all have to hold; empty for a status from 200 to 399
        /// @param node under which name a field X-Haproxy-Server-State says what counts of the server; empty
        ///     for no such field
        /// @param leavesOn404 whether a server that is up and answers 404 counts as well, but is to get no new
        ///     clients
        record Http(
                String method,
                String target,
                int version,
                List<String> fields,
                String body,
                List<Expectation> expects,
                String node,
                boolean leavesOn404)
                implements Probe {
            public Http {
                fields = List.copyOf(fields);
                expects = List.copyOf(expects);
            }

            /// A request that tells nothing.
            public Http(
                    String method,
                    String target,
                    int version,
                    List<String> fields,
                    String body,
                    List<Expectation> expects) {
                this(method, target, version, fields, body, expects, "", false);
            }

            /// GET in HTTP/1.1.
            public static Http get(String target, String host) {
                return new Http("GET", target, 1, List.of("Host: " + host), "", List.of());
            }
        }

        /// A conversation in any protocol: each step in order.
        record Dialogue(List<Step> steps) implements Probe {
            public Dialogue {
                steps = List.copyOf(steps);
            }
        }

        /// Several questions, each on a connection of its own, until one is answered badly.
        record Sequence(List<Leg> legs) implements Probe {
            public Sequence {
                legs = List.copyOf(legs);
            }
        }

        /// An agent says in a line what is to become of the server: that it is up or down, what its share is, how
        /// many connections it takes. One that does not answer says nothing.
        ///
        /// @param opening bytes that the agent is sent first, as ISO-8859-1 characters; none if it is empty
        record Agent(String opening) implements Probe {}
    }

    /// A question of several.
    ///
    /// @param probe no sequence itself
    /// @param address where it is asked; empty for where the check asks
    /// @param port replaces the port of that address; 0 leaves it
    /// @param tls how the connection is secured, if it is
    /// @param proxyHeader the header of the PROXY protocol that the connection begins with
    public record Leg(
            Probe probe,
            Optional<Address> address,
            int port,
            Optional<TlsClient> tls,
            Optional<ProxyProtocol> proxyHeader) {}

    /// What an answer has to be like.
    public sealed interface Expectation {
        /// @param negated whether the status must not be one of them
        record Status(List<NumberRange> statuses, boolean negated) implements Expectation {}

        /// @param field lower case; empty for the body
        /// @param negated whether the text must not be found
        record Contains(String field, String text, boolean negated) implements Expectation {}

        /// @param field lower case; empty for the body
        record Matches(String field, Regex regex, boolean negated) implements Expectation {}

        /// The status as three digits is matched.
        record StatusMatches(Regex regex, boolean negated) implements Expectation {}
    }

    /// A step of a conversation; bytes are written as ISO-8859-1 characters.
    public sealed interface Step {
        record Send(String bytes) implements Step {}

        /// What was received since the step before contains it. More is read until it does, or too much time
        /// has passed.
        record Expect(String bytes, boolean negated) implements Step {}

        record ExpectMatch(Regex regex, boolean negated) implements Step {}
    }
}
