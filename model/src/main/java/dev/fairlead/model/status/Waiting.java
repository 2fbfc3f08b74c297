package dev.fairlead.model.status;

import java.util.List;
import java.util.OptionalLong;

/// What a unit waits for that starts others.
///
/// @param places where it listens, or what it watches
/// @param starts the units it starts
/// @param nextMillis when it elapses next, in milliseconds since 1970; empty: never, or not by time
/// @param lastMillis when it last started one
public record Waiting(List<String> places, List<String> starts, OptionalLong nextMillis, OptionalLong lastMillis) {
    public Waiting {
        places = List.copyOf(places);
        starts = List.copyOf(starts);
    }
}
