package dev.fairlead.model.http;

import java.util.Locale;

/// Why a client's connection ended before there could be a request, or anything to pass on.
public enum ConnectionFailure {
    /// It was closed, and no header of the PROXY protocol had come.
    HEADER_MISSING,
    /// It was reset before that.
    HEADER_RESET,
    HEADER_LATE,
    /// It was closed within the header.
    HEADER_CUT,
    /// What came is no such header.
    HEADER_UNKNOWN,
    /// It is one, but what it says is not sound.
    HEADER_UNSOUND,
    /// It was closed before the handshake of TLS was complete.
    TLS_CLOSED,
    TLS_LATE,
    /// The two did not come to terms, the client does not speak TLS, or has reset the connection.
    TLS_FAILED;

    /// The name in lower case, as [dev.fairlead.model.text.Attribute#CONNECTION_FAILURE] has it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
