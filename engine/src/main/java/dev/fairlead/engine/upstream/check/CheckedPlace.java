package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.upstream.server.ServerState;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Where a server is checked: where it is at that moment, or somewhere else.
///
/// @param address null for the server's own
/// @param port 0 for that of the address
record CheckedPlace(@Nullable SocketAddress address, int port) {
    static final CheckedPlace SERVERS = new CheckedPlace(null, 0);

    static CheckedPlace fixed(SocketAddress address) {
        return new CheckedPlace(address, 0);
    }

    CheckedPlace withPort(int other) {
        return new CheckedPlace(address, other);
    }

    SocketAddress of(ServerState server) {
        SocketAddress whole = address == null ? server.address() : address;
        return port > 0 && whole instanceof InetSocketAddress inet && inet.getAddress() != null
                ? new InetSocketAddress(inet.getAddress(), port)
                : whole;
    }
}
