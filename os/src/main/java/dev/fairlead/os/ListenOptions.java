package dev.fairlead.os;

import java.util.Optional;
import java.util.OptionalInt;

/// How a listening socket is set up before it listens.
///
/// @param backlog how many connections wait to be accepted, at most; the kernel bounds it by `net.core.somaxconn`
/// @param addressIsReusable binds although connections of an earlier listener still linger
/// @param portIsShared lets several sockets listen on one address, the kernel choosing among them
/// @param ipv6Only whether an IPv6 wildcard leaves IPv4 to others; empty: as the machine is set up
/// @param receiveBuffer in bytes; 0: the kernel's choice
/// @param sendBuffer in bytes; 0: the kernel's choice
/// @param fastOpen the queue of TCP fast-open connections; 0: off
/// @param deferAccept seconds to wait for data before a connection is handed over; 0: at once
/// @param keepAlive whether accepted connections are probed; empty: as the kernel does
/// @param fileMode the permissions of a unix socket's file, such as `0666`; empty: what the umask leaves
/// @param device the interface that connections have to come in by; empty: any
public record ListenOptions(
        int backlog,
        boolean addressIsReusable,
        boolean portIsShared,
        Optional<Boolean> ipv6Only,
        int receiveBuffer,
        int sendBuffer,
        int fastOpen,
        int deferAccept,
        Optional<Boolean> keepAlive,
        OptionalInt fileMode,
        Optional<String> device) {
    /// A backlog of 511 and a reusable address.
    public static final ListenOptions DEFAULT = new ListenOptions(
            511, true, false, Optional.empty(), 0, 0, 0, 0, Optional.empty(), OptionalInt.empty(), Optional.empty());

    public ListenOptions backlog(int connections) {
        return new ListenOptions(
                connections,
                addressIsReusable,
                portIsShared,
                ipv6Only,
                receiveBuffer,
                sendBuffer,
                fastOpen,
                deferAccept,
                keepAlive,
                fileMode,
                device);
    }

    public ListenOptions portIsShared(boolean shared) {
        return new ListenOptions(
                backlog,
                addressIsReusable,
                shared,
                ipv6Only,
                receiveBuffer,
                sendBuffer,
                fastOpen,
                deferAccept,
                keepAlive,
                fileMode,
                device);
    }

    public ListenOptions ipv6Only(boolean only) {
        return new ListenOptions(
                backlog,
                addressIsReusable,
                portIsShared,
                Optional.of(only),
                receiveBuffer,
                sendBuffer,
                fastOpen,
                deferAccept,
                keepAlive,
                fileMode,
                device);
    }

    public ListenOptions fileMode(int mode) {
        return new ListenOptions(
                backlog,
                addressIsReusable,
                portIsShared,
                ipv6Only,
                receiveBuffer,
                sendBuffer,
                fastOpen,
                deferAccept,
                keepAlive,
                OptionalInt.of(mode),
                device);
    }
}
