package dev.fairlead.engine.http;

import io.netty.buffer.ByteBuf;

/// What a connection becomes once its protocol was switched: bytes both ways until one side closes.
/// The carrier calls this with what the client sends; the tunnel answers through the [Carrier.Raw] it was given.
public interface Tunnel {
    /// @param data owned by the tunnel
    void data(ByteBuf data);

    /// All data of this turn of the event loop has been given.
    void readComplete();

    /// The client can take more again ([Carrier.Raw#isWritable()]).
    void writable();

    /// The client sends no more.
    void inputClosed();

    /// The connection is gone.
    void closed();
}
