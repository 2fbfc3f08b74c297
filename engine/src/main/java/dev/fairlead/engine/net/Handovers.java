package dev.fairlead.engine.net;

import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which addresses need no socket to be connected to. Replaced as one with each generation. Safe for use by
/// several threads.
public final class Handovers {
    private volatile Map<SocketAddress, Receiver> receivers = Map.of();

    public void replace(Map<SocketAddress, Receiver> next) {
        receivers = Map.copyOf(next);
    }

    /// Who takes connections to that address; null if they need a socket.
    public @Nullable Receiver at(SocketAddress address) {
        Map<SocketAddress, Receiver> present = receivers;
        return present.isEmpty() ? null : present.get(address);
    }
}
