package dev.fairlead.engine.http;

import dev.fairlead.engine.tally.Tally;
import dev.fairlead.model.http.HeadReading;
import org.jspecify.annotations.Nullable;

/// Where carriers hand requests over: a listener's virtual hosts in one generation. Implemented by the router.
public interface ExchangeEntry {
    /// How heads are read on this listener, as its default host says.
    HeadReading headReading();

    /// Whether a connection begins with a PROXY protocol header, on a listener that does not take one from all.
    ///
    /// @param exchange the connection's, without a request
    default boolean isHeaded(Exchange exchange) {
        return false;
    }

    /// What is counted for the listener; null if nothing is.
    default @Nullable Tally tally() {
        return null;
    }

    /// The head is complete and sound: finds who answers, and has it answered.
    void handle(Exchange exchange);

    /// The head is not sound, too large or late: answers with an error page of the default host, and logs.
    ///
    /// @param status 400, 408, 414, 431, 494, 501 or 505
    /// @param reason what was wrong, for the error log
    void refuse(Exchange exchange, int status, String reason);

    /// The connection has ended before there could be a request: logs. The exchange knows why.
    default void connectionFailed(Exchange exchange) {}
}
