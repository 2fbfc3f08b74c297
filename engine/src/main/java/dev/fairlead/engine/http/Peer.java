package dev.fairlead.engine.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// One end of a connection.
///
/// @param address 4 or 16 bytes in network order; none for a unix socket
/// @param port 0 for a unix socket
/// @param text the address as people read it; `unix:` for a unix socket
public record Peer(byte[] address, int port, String text) {
    public static final Peer UNIX = new Peer(new byte[0], 0, "unix:");

    public static Peer of(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            byte[] bytes = inet.getAddress().getAddress();
            return new Peer(bytes, inet.getPort(), AddressText.of(bytes));
        }
        return UNIX;
    }

    public boolean isUnix() {
        return address.length == 0;
    }
}
