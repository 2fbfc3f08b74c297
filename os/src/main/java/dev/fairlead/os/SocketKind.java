package dev.fairlead.os;

/// What passes through a socket.
public enum SocketKind {
    /// Connections that carry bytes.
    STREAM(1),
    DATAGRAM(2),
    /// Connections that carry messages.
    SEQUENTIAL(5);

    private final int number;

    SocketKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isConnected() {
        return this != DATAGRAM;
    }
}
