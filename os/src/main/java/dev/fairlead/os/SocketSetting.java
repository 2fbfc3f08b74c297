package dev.fairlead.os;

/// The kernel's options of a socket that are set by one number.
public enum SocketSetting {
    KEEP_ALIVE(Level.SOCKET, 9),
    KEEP_ALIVE_TIME(Level.TCP, 4),
    KEEP_ALIVE_INTERVAL(Level.TCP, 5),
    KEEP_ALIVE_PROBES(Level.TCP, 6),
    NO_DELAY(Level.TCP, 1),
    DEFER_ACCEPT(Level.TCP, 9),
    PRIORITY(Level.SOCKET, 12),
    RECEIVE_BUFFER(Level.SOCKET, 8),
    SEND_BUFFER(Level.SOCKET, 7),
    TYPE_OF_SERVICE(Level.IP, 1),
    TIME_TO_LIVE(Level.IP, 2, 16),
    MARK(Level.SOCKET, 36),
    REUSE_ADDRESS(Level.SOCKET, 2),
    REUSE_PORT(Level.SOCKET, 15),
    FREE_BIND(Level.IP, 15, 78),
    TRANSPARENT(Level.IP, 19, 75),
    BROADCAST(Level.SOCKET, 6),
    PASS_CREDENTIALS(Level.SOCKET, 16),
    PASS_SECURITY(Level.SOCKET, 34),
    PASS_PACKET_INFO(Level.IP, 8, 49),
    IPV6_ONLY(Level.IP6, 26);

    /// The layer an option belongs to, by the kernel's numbers.
    private enum Level {
        SOCKET(1),
        IP(0),
        TCP(6),
        IP6(41);

        private final int number;

        Level(int number) {
            this.number = number;
        }
    }

    private final Level level;
    private final int number;
    private final int numberForSix;

    SocketSetting(Level level, int number) {
        this(level, number, 0);
    }

    /// @param numberForSix what the same is called at the layer of IPv6; 0: nothing
    SocketSetting(Level level, int number, int numberForSix) {
        this.level = level;
        this.number = number;
        this.numberForSix = numberForSix;
    }

    int level(boolean isSix) {
        return isSix && numberForSix != 0 ? Level.IP6.number : level.number;
    }

    int number(boolean isSix) {
        return isSix && numberForSix != 0 ? numberForSix : number;
    }
}
