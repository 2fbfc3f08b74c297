package dev.fairlead.model.control;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A socket on which operators see listeners, their services and the servers of those by number, and switch them
/// on and off while they run.
///
/// @param mode permissions of the socket's file, as in `chmod`
/// @param owner who owns that file; empty for who runs the program
/// @param group the same
/// @param fronts the listeners, in the order of the configuration
/// @param services those that all listeners share
public record Switchboard(
        Address.Unix address,
        OptionalInt mode,
        Optional<String> owner,
        Optional<String> group,
        List<Front> fronts,
        List<Service> services,
        Span origin) {
    public Switchboard {
        fronts = List.copyOf(fronts);
        services = List.copyOf(services);
    }

    /// The same with other listeners.
    public Switchboard withFronts(List<Front> others) {
        return new Switchboard(address, mode, owner, group, others, services, origin);
    }

    /// Something that rules ask for as a variable of the process: while it says `1` things are not as they were
    /// at the start.
    ///
    /// @param initially whether it is on at the start
    public record Switch(String variable, boolean initially) {}

    /// A listener.
    ///
    /// @param name empty for none
    /// @param services its own, which are asked before the shared ones
    public record Front(String name, Address address, boolean isSecured, Switch power, List<Service> services) {
        public Front {
            services = List.copyOf(services);
        }

        /// The same elsewhere.
        public Front withAddress(Address other) {
            return new Front(name, other, isSecured, power, services);
        }
    }

    /// What some requests are answered by.
    ///
    /// @param name empty for none
    /// @param sessions by what clients are bound to servers, in the word of the configuration; empty if they are
    ///     not
    /// @param table of those that are bound; empty if there is none
    public record Service(
            String name,
            Switch power,
            String sessions,
            Optional<String> table,
            List<Server> servers,
            Optional<Server> emergency) {
        public Service {
            servers = List.copyOf(servers);
        }
    }

    /// Who answers.
    public sealed interface Server {
        /// A server of an upstream.
        ///
        /// @param server its name there
        /// @param connect longest time to connect
        /// @param answer longest time for an answer
        /// @param silence longest time without a word on a connection that was made a WebSocket
        record Passing(
                String upstream,
                String server,
                Address address,
                boolean isSecured,
                int priority,
                Duration connect,
                Duration answer,
                Duration silence)
                implements Server {}

        /// @param appends whether the request's own URL is put behind
        record Redirecting(int status, String url, boolean appends) implements Server {}

        record Refusing(int status) implements Server {}
    }
}
