package dev.fairlead.engine.connection;

import java.util.Optional;
import javax.net.ssl.SSLSession;

/// What is known of a client's connection. One for each connection; carriers implement it.
public interface ConnectionInfo {
    /// A number that no other connection of this process has or had.
    long serial();

    /// Requests so far, the present one included.
    long requests();

    /// On [dev.fairlead.time.Clock#monotonicNanos()].
    long openedNanos();

    /// The other end of the socket.
    Peer remote();

    /// Our end of the socket.
    Peer local();

    /// The client as a PROXY protocol header named it.
    Optional<Peer> proxiedClient();

    /// The address the client connected to as a PROXY protocol header named it.
    Optional<Peer> proxiedServer();

    boolean isTls();

    /// The TLS session, if there is one. Not for the fast path.
    Optional<SSLSession> tlsSession();

    /// The server name the client asked for in the TLS handshake; empty if none.
    String tlsServerName();

    /// The protocol chosen by ALPN; empty if none was.
    String tlsChosenProtocol();

    /// Whether the TLS session was resumed.
    boolean isTlsResumed();

    /// Kernel facts of the TCP connection in the order rtt, rtt variance (microseconds), send window
    /// (segments), receive space (bytes); empty where the kernel does not say.
    Optional<long[]> tcpFacts();
}
