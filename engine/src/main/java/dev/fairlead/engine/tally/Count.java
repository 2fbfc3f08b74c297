package dev.fairlead.engine.tally;

/// What a [Tally] counts since the start, or since an operator cleared it.
public enum Count {
    /// Connections of clients; at backends and servers: requests, or connections that are passed on.
    SESSIONS,
    REQUESTS,
    /// From the client.
    BYTES_IN,
    /// To the client.
    BYTES_OUT,
    /// Refused by a rule.
    DENIED_REQUESTS,
    DENIED_ANSWERS,
    /// Requests that were not sound, too large or late.
    BAD_REQUESTS,
    /// A server could not be connected to.
    CONNECT_ERRORS,
    /// A server did not answer, or not soundly.
    ANSWER_ERRORS,
    /// The same request given to a server once more.
    RETRIES,
    /// The same request given to another server.
    REDISPATCHES,
    CLIENT_ABORTS,
    SERVER_ABORTS,
    /// Answered without a server.
    INTERCEPTED,
    /// A server was chosen by balance.
    CHOSEN,
    /// Connections opened to servers.
    CONNECTS,
    /// Requests on a server's connection that was open already.
    REUSES,
    STATUS_1XX,
    STATUS_2XX,
    STATUS_3XX,
    STATUS_4XX,
    STATUS_5XX,
    STATUS_OTHER,
    /// Bytes of bodies before and behind compression, and answers that were compressed.
    UNCOMPRESSED_BYTES,
    COMPRESSED_BYTES,
    COMPRESSED_ANSWERS;

    static final int ALL = values().length;

    /// The class of a status that a client was answered with.
    public static Count ofStatus(int status) {
        return switch (status / 100) {
            case 1 -> STATUS_1XX;
            case 2 -> STATUS_2XX;
            case 3 -> STATUS_3XX;
            case 4 -> STATUS_4XX;
            case 5 -> STATUS_5XX;
            default -> STATUS_OTHER;
        };
    }
}
