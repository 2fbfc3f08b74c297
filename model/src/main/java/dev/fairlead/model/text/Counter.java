package dev.fairlead.model.text;

/// What an entry of a [StickTable] counts. Rates are events in the period that the table names, the last part
/// of the period before the present one weighed in.
public enum Counter {
    /// Connections that were tracked.
    CONNECTIONS,
    CONNECTION_RATE,
    /// Connections, or requests, that track the entry at present.
    CONNECTIONS_NOW,
    /// Connections that are tracked as such and were not closed at once.
    SESSIONS,
    SESSION_RATE,
    REQUESTS,
    REQUEST_RATE,
    /// Requests that were answered with 400 to 499, unless the answer is one that a rule has put together
    /// ([dev.fairlead.model.http.Rule.Respond]).
    CLIENT_ERRORS,
    CLIENT_ERROR_RATE,
    /// Requests that were answered with 500 to 599, 501 and 505 not counted, by a server or because its
    /// answer did not come or could not be read.
    SERVER_ERRORS,
    SERVER_ERROR_RATE,
    /// Bytes from clients.
    BYTES_IN,
    BYTES_IN_RATE,
    /// Bytes to clients.
    BYTES_OUT,
    BYTES_OUT_RATE,
    /// For rules to count what they like.
    GENERAL_0,
    GENERAL_0_RATE,
    GENERAL_1,
    GENERAL_1_RATE,
    /// A number for rules to set.
    TAG_0,
    /// How many track the entry at present.
    TRACKERS;
}
