package dev.fairlead.engine.http1;

import dev.fairlead.model.http.ConnectionFailure;
import java.util.function.Consumer;

/// What a connection has to bring before its first request: a header of the PROXY protocol, a handshake of TLS.
/// Whatever keeps it from that is told once.
final class Opening {
    private final Consumer<ConnectionFailure> told;
    private boolean awaitsHeader;
    private boolean awaitsTls;
    private boolean isReset;

    /// @param told why it has failed
    Opening(boolean proxyProtocol, boolean tls, Consumer<ConnectionFailure> told) {
        this.told = told;
        this.awaitsHeader = proxyProtocol;
        this.awaitsTls = tls;
    }

    void headerRead() {
        awaitsHeader = false;
    }

    void secured() {
        awaitsTls = false;
    }

    /// The client's connection is reset.
    void reset() {
        isReset = true;
    }

    /// Nothing more is told.
    void give() {
        awaitsHeader = false;
        awaitsTls = false;
    }

    boolean isOver() {
        return !awaitsHeader && !awaitsTls;
    }

    void failed(ConnectionFailure why) {
        if (!isOver()) {
            give();
            told.accept(why);
        }
    }

    /// It has taken too long.
    void late() {
        failed(awaitsHeader ? ConnectionFailure.HEADER_LATE : ConnectionFailure.TLS_LATE);
    }

    void closed() {
        if (awaitsHeader) {
            failed(isReset ? ConnectionFailure.HEADER_RESET : ConnectionFailure.HEADER_MISSING);
        } else {
            failed(isReset ? ConnectionFailure.TLS_FAILED : ConnectionFailure.TLS_CLOSED);
        }
    }
}
