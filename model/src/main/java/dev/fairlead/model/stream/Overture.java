package dev.fairlead.model.stream;

import java.util.Optional;

/// What is said in the clear on a connection before TLS begins on it.
public sealed interface Overture {
    /// A server is asked to go on with TLS in the words of its own protocol. What it says first, its greeting, is
    /// passed on to the client; PostgreSQL has none.
    enum Upgrade implements Overture {
        SMTP,
        IMAP,
        POP3,
        NNTP,
        POSTGRESQL
    }

    /// A proxy is asked for a connection to somebody else by HTTP's CONNECT.
    ///
    /// @param target `host:port`
    /// @param credentials `user:password`, for a proxy that asks for them by the scheme Basic
    record Tunnel(String target, Optional<String> credentials) implements Overture {
        /// Without the password.
        @Override
        public String toString() {
            return "Tunnel[" + target + "]";
        }
    }
}
