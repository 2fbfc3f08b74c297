package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;

/// Finds the ends of the messages that arrive on one connection.
sealed interface MessageReader permits HttpReader, FrameReader {
    /// Takes bytes up to the end of a message.
    ///
    /// @return whether a message ended; there may be more bytes then
    boolean read(ByteBuf in);

    /// Whether the end of the connection is the end of a message.
    boolean endsWithConnection();

    /// What is wrong with the last message, or empty.
    String wrong();

    /// Whether a further message may follow on this connection.
    boolean persists();
}
