package dev.fairlead.engine.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// One end of a connection.
public final class Peer {
    public static final Peer UNIX = new Peer(new byte[0], 0, "unix:");

    private final byte[] address;
    private final int port;
    private final String text;

    /// @param address 4 or 16 bytes in network order; none for a unix socket. Not copied: nobody changes it
    /// @param port 0 for a unix socket
    /// @param text the address as people read it
    public Peer(byte[] address, int port, String text) {
        this.address = address;
        this.port = port;
        this.text = text;
    }

    public static Peer of(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return of(inet.getAddress().getAddress(), inet.getPort());
        }
        return UNIX;
    }

    /// @param text such as `unix:/run/app.sock`
    public static Peer unix(String text) {
        return new Peer(UNIX.address, 0, text);
    }

    /// @param address 4 or 16 bytes in network order
    public static Peer of(byte[] address, int port) {
        return new Peer(address, port, AddressText.of(address));
    }

    /// In network order: 4 or 16 bytes, none for a unix socket. Not to be changed.
    public byte[] address() {
        return address;
    }

    /// 0 for a unix socket.
    public int port() {
        return port;
    }

    /// The address as people read it, without port; `unix:` for a unix socket, with its path where
    /// that is known.
    public String text() {
        return text;
    }

    public boolean isUnix() {
        return address.length == 0;
    }
}
