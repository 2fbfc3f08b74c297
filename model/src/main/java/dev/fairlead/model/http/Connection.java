package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How the client's connection is treated while and after a request of this place is served.
///
/// @param keepAlive how long an idle connection is kept; zero closes it after each response
/// @param keepAliveHeader the `timeout=` told to the client in a Keep-Alive field
/// @param keepAliveRequests requests after which it is closed
/// @param keepAliveAge age after which it is closed once its request ends
/// @param keepAliveDisabled browsers it is not kept for: after a POST of old Internet Explorers, for Safari
/// @param sendTimeout longest pause between two writes the client takes
/// @param lingering whether a connection that is closed with unread input is read on for a while, so that the
///     answer is not lost
/// @param lingeringTime the longest such while
/// @param lingeringTimeout the longest pause in it
/// @param resetTimedOut whether a timed-out connection is reset instead of closed
/// @param bytesPerSecond how fast a response is sent at most; empty for no limit
/// @param fastStartBytes what is sent before that limit holds
public record Connection(
        Duration keepAlive,
        Optional<Duration> keepAliveHeader,
        long keepAliveRequests,
        Duration keepAliveAge,
        Set<OldBrowser> keepAliveDisabled,
        Duration sendTimeout,
        Lingering lingering,
        Duration lingeringTime,
        Duration lingeringTimeout,
        boolean resetTimedOut,
        Optional<Template> bytesPerSecond,
        Optional<Template> fastStartBytes) {
    /// Connections that may be kept for any number of requests, at full speed, and are closed with the care that
    /// nginx takes.
    ///
    /// @param keepAlive the longest pause between two requests; zero for one request a connection
    /// @param sendTimeout the longest pause between two writes
    public static Connection plain(Duration keepAlive, Duration sendTimeout) {
        return new Connection(
                keepAlive,
                Optional.empty(),
                Long.MAX_VALUE,
                Duration.ofDays(365),
                Set.of(),
                sendTimeout,
                Lingering.WHEN_INPUT_IS_LEFT,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /// Browsers with faults in keep-alive.
    public enum OldBrowser {
        MSIE6,
        SAFARI
    }

    /// When closing waits for the client.
    public enum Lingering {
        NEVER,
        WHEN_INPUT_IS_LEFT,
        ALWAYS
    }
}
