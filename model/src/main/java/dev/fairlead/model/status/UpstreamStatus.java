package dev.fairlead.model.status;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an upstream's servers were doing at one moment.
public record UpstreamStatus(String name, List<Server> servers) {
    public UpstreamStatus {
        servers = List.copyOf(servers);
    }

    /// One server.
    ///
    /// @param name what operators know it by
    /// @param address as people write it
    /// @param active requests it was answering
    /// @param requests requests sent to it since the program started
    /// @param failures attempts that counted as failed since the program started
    /// @param idle connections kept open for the next request
    /// @param queued requests that waited for it alone
    /// @param weight its share at present
    /// @param check how it fared when it was last asked; empty if it is not
    public record Server(
            String name,
            String address,
            State state,
            int active,
            long requests,
            long failures,
            int idle,
            int queued,
            int weight,
            Optional<Check> check) {
        /// Of a server without name, queue and checks.
        public Server(String address, State state, int active, long requests, long failures, int idle) {
            this(address, address, state, active, requests, failures, idle, 0, 1, Optional.empty());
        }
    }

    /// The last health check of a server.
    ///
    /// @param isWell whether it went well
    /// @param reason in words, such as `HTTP status 503` or `connection refused`
    /// @param inRow how many checks in a row have gone the same way
    /// @param millis how long it took
    /// @param sinceMillis since when the server counts as it does, in milliseconds since 1970
    public record Check(boolean isWell, String reason, int inRow, long millis, long sinceMillis) {}

    /// Whether requests are sent to a server.
    public enum State {
        AVAILABLE,
        /// Failed lately and is left alone for a while.
        UNAVAILABLE,
        /// Used while no other is available.
        BACKUP,
        /// Its health checks fail, or those of the server it tracks.
        FAILING,
        /// Gets only requests of clients that are bound to it.
        DRAINING,
        /// Taken out by an operator, or switched off by the configuration.
        DOWN;

        /// As it is shown: `available`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
