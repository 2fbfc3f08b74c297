package dev.fairlead.model.net;

import java.util.Optional;

/// How a listening socket is set up. An empty value leaves the system's default.
///
/// @param backlog connections the kernel queues before they are accepted
/// @param receiveBuffer SO_RCVBUF in bytes
/// @param sendBuffer SO_SNDBUF in bytes
/// @param ipv6Only whether an IPv6 wildcard leaves IPv4 alone
/// @param reusePort SO_REUSEPORT
/// @param deferAccept TCP_DEFER_ACCEPT
/// @param fastOpen queue length of TCP_FASTOPEN
/// @param keepAlive TCP keep-alive probes on accepted connections
/// @param descriptor the number under which whoever starts the program has opened the socket already; the rest
///     says nothing then
/// @param file who may use the file of a unix socket
/// @param device the interface of the network that connections have to come in by
public record SocketOptions(
        Optional<Integer> backlog,
        Optional<Integer> receiveBuffer,
        Optional<Integer> sendBuffer,
        boolean ipv6Only,
        boolean reusePort,
        boolean deferAccept,
        Optional<Integer> fastOpen,
        Optional<TcpKeepAlive> keepAlive,
        Optional<Integer> descriptor,
        SocketFile file,
        Optional<String> device) {
    public static final SocketOptions DEFAULT = new SocketOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SocketFile.USUAL,
            Optional.empty());

    public SocketOptions withKeepAlive(TcpKeepAlive probes) {
        return new SocketOptions(
                backlog,
                receiveBuffer,
                sendBuffer,
                ipv6Only,
                reusePort,
                deferAccept,
                fastOpen,
                Optional.of(probes),
                descriptor,
                file,
                device);
    }

    public SocketOptions withDescriptor(int number) {
        return new SocketOptions(
                backlog,
                receiveBuffer,
                sendBuffer,
                ipv6Only,
                reusePort,
                deferAccept,
                fastOpen,
                keepAlive,
                Optional.of(number),
                file,
                device);
    }

    public SocketOptions withFile(SocketFile other) {
        return new SocketOptions(
                backlog,
                receiveBuffer,
                sendBuffer,
                ipv6Only,
                reusePort,
                deferAccept,
                fastOpen,
                keepAlive,
                descriptor,
                other,
                device);
    }

    /// TCP keep-alive probes; an empty value leaves the system's.
    ///
    /// @param enabled SO_KEEPALIVE
    /// @param idleSeconds quiet time before the first probe
    /// @param intervalSeconds time between probes
    /// @param probes unanswered probes before the connection counts as dead
    public record TcpKeepAlive(
            boolean enabled,
            Optional<Integer> idleSeconds,
            Optional<Integer> intervalSeconds,
            Optional<Integer> probes) {
        /// Probes at the system's times.
        public static final TcpKeepAlive USUAL =
                new TcpKeepAlive(true, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
