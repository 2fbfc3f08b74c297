package dev.fairlead.model.service.socket;

/// What can be set on a socket by one number; 0 and 1 for no and yes.
public enum SocketSwitch {
    KEEP_ALIVE,
    /// Seconds until the first probe.
    KEEP_ALIVE_TIME,
    /// Seconds between two probes.
    KEEP_ALIVE_INTERVAL,
    KEEP_ALIVE_PROBES,
    NO_DELAY,
    /// Seconds to wait for data before a connection is handed over.
    DEFER_ACCEPT,
    PRIORITY,
    /// In bytes.
    RECEIVE_BUFFER,
    /// In bytes.
    SEND_BUFFER,
    TYPE_OF_SERVICE,
    TIME_TO_LIVE,
    MARK,
    REUSE_PORT,
    /// Binds to addresses the machine does not have (yet).
    FREE_BIND,
    TRANSPARENT,
    BROADCAST,
    PASS_CREDENTIALS,
    PASS_SECURITY,
    PASS_PACKET_INFO,
    /// Whether an IPv6 address leaves IPv4 to others.
    IPV6_ONLY
}
