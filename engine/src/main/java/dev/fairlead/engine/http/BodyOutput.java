package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;

/// Where the body of a response goes: to the carrier, or through filters to it.
public interface BodyOutput {
    /// @param data owned by the output, which releases it
    void data(ByteBuf data);

    /// A stretch of a file.
    ///
    /// @param file a reference of it belongs to the output, which releases it
    void file(OpenFile file, long offset, long length);

    /// Whether the bytes of files are looked at on their way, so that whoever sends a file should rather pass its
    /// content piece by piece, no faster than the client takes it.
    default boolean wantsMemory() {
        return false;
    }

    /// The body is complete.
    ///
    /// @param trailers fields behind the body; dropped where they cannot be sent
    void end(Fields trailers);

    /// What was written so far goes out now. Data may go out without it; nothing waits for long without reason
    /// after it.
    void flush();

    /// The exchange is over, perhaps before the body was complete: everything held for it is let go.
    default void release() {}
}
