package dev.fairlead.model.status;

import java.util.List;

/// What the traffic side of a stack was doing at one moment.
///
/// @param generation which plan is running: 1 for the first, one more with each reload
/// @param generationSinceMillis since when, in milliseconds since 1970
/// @param connections client connections that are open
/// @param accepted client connections since the program started
/// @param requests client requests since the program started
/// @param hops connections inside the stack that need no socket
public record TrafficStatus(
        int generation,
        long generationSinceMillis,
        long connections,
        long accepted,
        long requests,
        List<ListenerStatus> listeners,
        List<UpstreamStatus> upstreams,
        List<HopStatus> hops) {
    public TrafficStatus {
        listeners = List.copyOf(listeners);
        upstreams = List.copyOf(upstreams);
        hops = List.copyOf(hops);
    }
}
