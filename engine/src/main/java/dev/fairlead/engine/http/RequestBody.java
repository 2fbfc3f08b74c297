package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;

/// The body of a request while it comes in. Nothing is read from the client before [#read] is called, except
/// what came together with the head. Implemented by carriers.
public interface RequestBody {
    /// Whether there is a body at all (its length may still turn out to be zero).
    boolean isExpected();

    /// Starts delivery. May deliver before it returns. To be called once; sends `100 Continue` if the client
    /// waits for it.
    void read(Receiver receiver);

    /// Stops reading from the client until [#resume]; what was read already may still be delivered.
    void pause();

    void resume();

    /// Bytes delivered so far.
    long received();

    /// Takes a body in.
    interface Receiver {
        /// @param data owned by the receiver, who releases it
        void data(Exchange exchange, ByteBuf data);

        /// @param trailers fields behind a chunked body; empty if none. Valid during the call
        void end(Exchange exchange, Fields trailers);

        /// The body will not be complete. The carrier closes the connection once an answer, if any can be sent,
        /// is out.
        void failed(Exchange exchange, Failure failure);
    }

    /// Why a body is not complete.
    enum Failure {
        /// Larger than allowed: 413.
        TOO_LARGE,
        /// The client paused for too long: 408.
        TIMEOUT,
        /// Chunks that break the rules: 400.
        MALFORMED,
        /// The client is gone.
        CLIENT_GONE
    }
}
