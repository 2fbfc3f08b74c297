package dev.fairlead.cli.explain;

import dev.fairlead.engine.connection.Peer;
import java.util.List;
import java.util.Optional;

/// A connection as it comes in at a listener.
///
/// @param header whom a PROXY protocol header at its beginning names
/// @param tls the server names that are asked for, the outermost first: one for each time that TLS is wrapped
///     around the request; empty names where none is asked for
/// @param head request line and fields, innermost
@SuppressWarnings("ArrayRecordComponent") // nobody changes or compares it
record Carried(Peer remote, Peer local, Optional<Peer> header, List<String> tls, byte[] head) {
    Carried {
        tls = List.copyOf(tls);
    }

    boolean isSecured() {
        return !tls.isEmpty();
    }

    /// The name in its ClientHello.
    String serverName() {
        return tls.isEmpty() ? "" : tls.getFirst();
    }

    /// What is inside the outermost TLS.
    List<String> inside() {
        return tls.subList(1, tls.size());
    }

    /// The client, as far as this connection tells.
    Peer client() {
        return header.orElse(remote);
    }
}
