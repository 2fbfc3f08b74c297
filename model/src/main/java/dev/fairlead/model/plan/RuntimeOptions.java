package dev.fairlead.model.plan;

import dev.fairlead.model.http.Logging;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the program itself runs.
///
/// @param loops event loops; empty for one per processor
/// @param maxConnections most client connections per loop
/// @param runAs the user to become once listeners are open
/// @param pidFile where the process id is written
/// @param background whether the program detaches from its terminal
/// @param shutdownTimeout how long connections may drain; empty for no limit
/// @param errorLogs where errors outside any request go
public record RuntimeOptions(
        Optional<Integer> loops,
        int maxConnections,
        Optional<RunAs> runAs,
        Optional<PidFile> pidFile,
        boolean background,
        Optional<Duration> shutdownTimeout,
        List<Logging.ErrorLog> errorLogs) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(
            Optional.empty(), 8192, Optional.empty(), Optional.empty(), false, Optional.empty(), List.of());

    /// For programs whose only limit is how many files they may open.
    public static final int MANY_CONNECTIONS = 65_536;

    /// The same with another limit of connections.
    public RuntimeOptions withMaxConnections(int most) {
        return new RuntimeOptions(loops, most, runAs, pidFile, background, shutdownTimeout, errorLogs);
    }

    /// The file is taken away again at the end.
    public record PidFile(String path, Span origin) {}

    /// @param group the user's own where empty
    public record RunAs(String user, Optional<String> group, Span origin) {}
}
