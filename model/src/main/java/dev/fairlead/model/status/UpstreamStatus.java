package dev.fairlead.model.status;

import java.util.List;
import java.util.Locale;

/// What an upstream's servers were doing at one moment.
public record UpstreamStatus(String name, List<Server> servers) {
    public UpstreamStatus {
        servers = List.copyOf(servers);
    }

    /// One server.
    ///
    /// @param address as people write it
    /// @param active requests it was answering
    /// @param requests requests sent to it since the program started
    /// @param failures attempts that counted as failed since the program started
    /// @param idle connections kept open for the next request
    public record Server(String address, State state, int active, long requests, long failures, int idle) {}

    /// Whether requests are sent to a server.
    public enum State {
        AVAILABLE,
        /// Failed lately and is left alone for a while.
        UNAVAILABLE,
        /// Used while no other is available.
        BACKUP,
        /// Switched off by the configuration.
        DOWN;

        /// As it is shown: `available`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
