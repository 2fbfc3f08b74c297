package dev.fairlead.model.http;

import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.List;

/// How often and how many at once.
///
/// @param rateStatus the answer to a request over a rate limit
/// @param connectionStatus the answer to a request over a connection limit
public record RequestLimits(
        List<Rate> rates,
        int rateStatus,
        LogLevel rateLevel,
        boolean rateDryRun,
        List<Connections> connections,
        int connectionStatus,
        LogLevel connectionLevel,
        boolean connectionDryRun) {
    public static final RequestLimits NONE =
            new RequestLimits(List.of(), 503, LogLevel.ERROR, false, List.of(), 503, LogLevel.ERROR, false);

    /// Counts by key, shared by every place that names the zone.
    ///
    /// @param bytes the memory it may use; entries are dropped, least recently used first, to stay below it
    /// @param perSecondThousandths requests per second times 1000; 0 for a zone of connections
    public record Zone(String name, Template key, long bytes, long perSecondThousandths, Span origin) {}

    /// A leaky bucket.
    ///
    /// @param burst requests over the rate that are taken
    /// @param undelayed how many of them are served at once; the others wait; [Integer#MAX_VALUE] for all
    public record Rate(Zone zone, int burst, int undelayed, Span origin) {}

    public record Connections(Zone zone, int most, Span origin) {}
}
