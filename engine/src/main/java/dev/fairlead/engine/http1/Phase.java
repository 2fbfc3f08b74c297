package dev.fairlead.engine.http1;

/// What a [Http1Connection] is doing.
enum Phase {
    /// Nothing of the next request is there.
    IDLE,
    HEAD,
    /// A request is being answered.
    BUSY,
    /// It was answered; what is left of its body is thrown away.
    DISCARDING,
    /// Nothing more is sent; input is thrown away until the client has closed.
    LINGERING,
    TUNNEL,
    CLOSED
}
