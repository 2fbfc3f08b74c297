package dev.fairlead.engine.app;

import dev.fairlead.worker.FrameType;
import io.netty.buffer.ByteBuf;

/// Whoever holds a request number of a worker's connection. On the connection's event loop.
interface Occupant {
    /// A frame with its number. RESPONSE, END and BROKEN are the last: the number is free then.
    ///
    /// @param payload borrowed; to be retained by whoever keeps a part of it
    void frame(FrameType type, ByteBuf payload);

    /// The connection broke; no frame will come.
    ///
    /// @param isOldest whether no other request on the connection was sent before it and is still open
    void lost(boolean isOldest);

    /// Counts the requests of the connection.
    long sequence();
}
