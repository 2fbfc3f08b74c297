package dev.fairlead.engine.generation;

import dev.fairlead.engine.http1.ConnectionSetup;
import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.http1.LoopStates;
import dev.fairlead.engine.stream.StreamLoops;
import dev.fairlead.engine.stream.StreamSetup;
import dev.fairlead.engine.stream.StreamSlot;

/// Makes what takes the connections of a listener.
///
/// @param states for HTTP
/// @param loops for connections that are passed on
record Doors(LoopStates states, StreamLoops loops) {
    Door open(Ready ready) {
        return switch (ready) {
            case Ready.Http http -> {
                ListenerSlot slot = new ListenerSlot(http.service());
                yield new Door.Http(slot, new ConnectionSetup(states, slot));
            }
            case Ready.Stream stream -> {
                StreamSlot slot = new StreamSlot(stream.served());
                yield new Door.Stream(slot, new StreamSetup(loops, slot));
            }
        };
    }
}
