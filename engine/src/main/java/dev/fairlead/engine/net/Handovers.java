package dev.fairlead.engine.net;

import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which addresses need no socket to be connected to, and which need one to another place. Replaced as one with
/// each generation. Safe for use by several threads.
public final class Handovers {
    private volatile Map<SocketAddress, Receiver> receivers = Map.of();
    private volatile Map<SocketAddress, SocketAddress> detours = Map.of();

    /// @param elsewhere where the sockets of addresses are that were moved
    public void replace(Map<SocketAddress, Receiver> next, Map<SocketAddress, SocketAddress> elsewhere) {
        receivers = Map.copyOf(next);
        detours = Map.copyOf(elsewhere);
    }

    /// Who takes connections to that address; null if they need a socket.
    public @Nullable Receiver at(SocketAddress address) {
        Map<SocketAddress, Receiver> present = receivers;
        return present.isEmpty() ? null : present.get(address);
    }

    /// Where a socket to that address is connected to.
    public SocketAddress socket(SocketAddress address) {
        Map<SocketAddress, SocketAddress> present = detours;
        return present.isEmpty() ? address : present.getOrDefault(address, address);
    }
}
