package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;

/// What a client is answered whose request body will not be complete.
public final class ContentFailures {
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private ContentFailures() {}

    public static void answer(Exchange exchange, RequestBody.Failure failure) {
        switch (failure) {
            case TOO_LARGE -> exchange.fail(413);
            case TIMEOUT -> exchange.fail(408);
            case MALFORMED -> exchange.fail(400);
            case CLIENT_GONE -> {
                // Nobody is there to be answered; this is for the log, as nginx has it.
                if (!exchange.response().isStarted()) {
                    exchange.response().status(400);
                }
            }
        }
    }

    /// The client left before it had an answer: what the log shows.
    public static void clientLeft(Exchange exchange) {
        if (!exchange.response().isStarted()) {
            exchange.response().status(CLIENT_CLOSED_REQUEST);
        }
    }
}
