package dev.fairlead.engine.app;

import dev.fairlead.engine.http.RequestBody;

/// What a client is answered whose request body will not be complete.
final class BodyFailures {
    /// Nobody is there to be answered.
    static final int CLIENT_GONE = 0;

    /// It cannot be stored.
    static final int CANNOT_STORE = 500;

    private BodyFailures() {}

    static int status(RequestBody.Failure failure) {
        return switch (failure) {
            case TOO_LARGE -> 413;
            case TIMEOUT -> 408;
            case MALFORMED -> 400;
            case CLIENT_GONE -> CLIENT_GONE;
        };
    }
}
