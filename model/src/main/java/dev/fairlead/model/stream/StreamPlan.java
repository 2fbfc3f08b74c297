package dev.fairlead.model.stream;

import dev.fairlead.model.upstream.Upstream;
import java.util.List;

/// All traffic of a stack that is passed on byte by byte.
///
/// @param upstreams those declared and those implied by an address
/// @param variableSlots how many custom variables a connection has room for
public record StreamPlan(List<StreamListener> listeners, List<Upstream> upstreams, int variableSlots) {
    public static final StreamPlan EMPTY = new StreamPlan(List.of(), List.of(), 0);

    public StreamPlan {
        listeners = List.copyOf(listeners);
        upstreams = List.copyOf(upstreams);
    }
}
