package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.UpstreamFacts;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Forward.Failure;
import org.jspecify.annotations.Nullable;

/// Which answers and requests the rules for trying another server are about.
final class Retries {
    private Retries() {}

    /// The failure that an answer with that status may count as; null for any other status.
    static @Nullable Failure failureOf(int status) {
        return switch (status) {
            case 500 -> Failure.STATUS_500;
            case 502 -> Failure.STATUS_502;
            case 503 -> Failure.STATUS_503;
            case 504 -> Failure.STATUS_504;
            case 403 -> Failure.STATUS_403;
            case 404 -> Failure.STATUS_404;
            case 429 -> Failure.STATUS_429;
            case 401 -> Failure.STATUS_401;
            case 408 -> Failure.STATUS_408;
            case 421 -> Failure.STATUS_421;
            case 425 -> Failure.STATUS_425;
            case 501 -> Failure.STATUS_501;
            default -> null;
        };
    }

    /// Whether the server did not answer, or not in HTTP.
    static boolean isNoAnswer(Failure failure) {
        return failure == Failure.ERROR || failure == Failure.TIMEOUT || failure == Failure.INVALID_HEADER;
    }

    /// What the client gets to see when no other server is tried.
    ///
    /// @param phase how far the present one came
    static int statusFor(Failure failure, Phase phase, Forward.Unreachable unreachable) {
        if (phase != Phase.CONNECTING && phase != Phase.HANDSHAKING) {
            return statusFor(failure);
        }
        return failure == Failure.TIMEOUT ? unreachable.slow() : unreachable.refused();
    }

    /// The same for a server that was reached.
    static int statusFor(Failure failure) {
        return switch (failure) {
            case ERROR, CONNECT, INVALID_HEADER, STATUS_502 -> 502;
            case TIMEOUT, STATUS_504 -> 504;
            case STATUS_500 -> 500;
            case STATUS_503 -> 503;
            case STATUS_403 -> 403;
            case STATUS_404 -> 404;
            case STATUS_429 -> 429;
            case STATUS_401 -> 401;
            case STATUS_408 -> 408;
            case STATUS_421 -> 421;
            case STATUS_425 -> 425;
            case STATUS_501 -> 501;
        };
    }

    /// Whether a request may have an effect each time it is sent, and so is not sent twice.
    static boolean isNonIdempotent(Method method) {
        return switch (method) {
            case POST, LOCK, PATCH -> true;
            case GET,
                    HEAD,
                    PUT,
                    DELETE,
                    OPTIONS,
                    TRACE,
                    CONNECT,
                    PROPFIND,
                    PROPPATCH,
                    MKCOL,
                    COPY,
                    MOVE,
                    UNLOCK,
                    OTHER -> false;
        };
    }

    /// What logs say of it.
    static UpstreamFacts.Trouble trouble(Forward.Failure failure) {
        return failure == Forward.Failure.TIMEOUT
                ? UpstreamFacts.Trouble.LATE
                : failure == Forward.Failure.INVALID_HEADER
                        ? UpstreamFacts.Trouble.UNSOUND
                        : UpstreamFacts.Trouble.NONE;
    }
}
