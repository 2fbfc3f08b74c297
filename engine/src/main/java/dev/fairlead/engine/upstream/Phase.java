package dev.fairlead.engine.upstream;

/// What is being done for a request; also how the error log names it. In the order in which it is done.
enum Phase {
    PREPARING("preparing request"),
    QUEUED("waiting for upstream"),
    CONNECTING("connecting to upstream"),
    HANDSHAKING("SSL handshaking to upstream"),
    SENDING("sending request to upstream"),
    AWAITING_HEAD("reading response header from upstream"),
    PASSING_BODY("reading upstream"),
    /// The answer is complete here, and not yet with the client.
    DRAINING("sending to client");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /// Whether a server is looked for, or has the request, or answers it.
    boolean isWithServer() {
        return this != PREPARING && this != DRAINING;
    }

    String words() {
        return words;
    }
}
