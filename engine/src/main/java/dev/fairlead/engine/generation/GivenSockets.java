package dev.fairlead.engine.generation;

import java.util.Map;
import java.util.Set;

/// Sockets that listen already when an engine starts.
///
/// @param descriptors by the address as a plan writes it (`0.0.0.0:80`, `[::]:80`, `unix:/run/app.sock`)
/// @param lent addresses of those that belong to whoever started this program, so that the files of unix sockets
///     stay
record GivenSockets(Map<String, Integer> descriptors, Set<String> lent) {
    static final GivenSockets NONE = new GivenSockets(Map.of(), Set.of());

    GivenSockets {
        descriptors = Map.copyOf(descriptors);
        lent = Set.copyOf(lent);
    }
}
