package dev.fairlead.engine.generation;

import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.stream.StreamSlot;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.stream.StreamListener;

/// A listener and what serves it.
sealed interface Ready {
    Listener listener();

    record Http(HttpListener listener, ListenerSlot.Service service) implements Ready {}

    record Stream(StreamListener listener, StreamSlot.Served served) implements Ready {}
}
