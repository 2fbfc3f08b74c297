package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;

/// What carries an exchange: one HTTP/1 connection, later a stream of HTTP/2. The last of the body outputs.
public interface Carrier extends BodyOutput {
    /// Writes the head of the final response; decides on framing and keep-alive. Bodies of responses that have
    /// none (HEAD, 204, 304) are dropped when they are written.
    void head(Exchange exchange);

    /// Writes an interim response (1xx other than 101) if the client can take it.
    void interim(int status, Fields fields);

    /// Whether the client takes more at present. When it turns true again, [Exchange#writable()] is called.
    boolean isWritable();

    /// The response cannot be completed: the connection ends in a way the client notices.
    void abort();

    /// Writes the present response as the head of a switched protocol (101, or 200 to CONNECT) and becomes a
    /// tunnel.
    Raw tunnel(Exchange exchange, Tunnel tunnel);

    /// The client's side of a tunnel.
    interface Raw {
        /// @param data owned by the connection
        void write(ByteBuf data);

        void flush();

        boolean isWritable();

        /// Stops or goes on reading what the client sends.
        void reading(boolean on);

        /// Nothing more will be written; the connection is closed once the client has closed as well.
        void closeOutput();

        void close();
    }
}
